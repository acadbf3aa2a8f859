import type { Backend } from "@mediamem/interface";
import { AreaRun } from "./area_run.ts";
import { parseCaseId } from "./case_id.ts";
import type { Difference } from "./difference.ts";
import type { Area, Defect } from "./model.ts";
import { DEFAULT_SELECTION, type Selection } from "./selection.ts";
import { LiveSubject, type Subject } from "./subject.ts";
import { parseTrace } from "./trace_text.ts";

/** The longest id of a case that a person takes in at a glance. */
const SMALL = 100;
/** The most operations of such a trace. */
const FEW = 4;

/** Whether a case is one that a person takes in at a glance. */
function isSmall(id: string): boolean {
  const { parameters } = parseCaseId(id);
  const trace = parameters.get("trace");
  if (typeof trace === "string") return parseTrace(trace).length <= FEW;
  return !parameters.has("run") && id.length <= SMALL;
}

/** What came of one planted defect. */
export interface DefectReport {
  /** `area/name`. */
  readonly id: string;
  /** The mistake, in one sentence. */
  readonly description: string;
  /** The first difference that it caused, minimised; null where no case found it. */
  readonly difference: Difference | null;
  /** Whether the minimised case is one that a person takes in at a glance. */
  readonly small: boolean;
}

/** What came of all planted defects of an area. */
export interface SelfTestReport {
  /** Name of the area. */
  readonly area: string;
  /** What came of each. */
  readonly defects: readonly DefectReport[];
  /** What is wrong with the cases, one sentence each: no difference without a defect, each defect found, each case small. */
  readonly failures: readonly string[];
}

/**
 * Plants every defect of an area in a backend, one at a time, and looks whether the cases find it. A case set that misses one proves
 * nothing about that kind of mistake.
 *
 * @param area The area with its defects.
 * @param backend The backend to plant them in. It stays as it is.
 * @param library What the result is compared with. Without a defect there must be no difference.
 * @param selection Which cases: the default scope unless said otherwise.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 * import { imageArea, LiveSubject, selfTest } from "@mediamem/conformance";
 *
 * using backend = createCore();
 * const area = { ...imageArea, defects: imageArea.defects.slice(0, 1) };
 * assertEquals(selfTest(area, backend, new LiveSubject(backend)).failures, []);
 * ```
 */
export function selfTest(
  area: Area,
  backend: Backend,
  library: Subject,
  selection: Selection = DEFAULT_SELECTION,
): SelfTestReport {
  const failures: string[] = [];
  const find = (tested: Backend): Difference | null => firstDifference(area, tested, library, selection);
  const control = find(backend);
  if (control !== null) failures.push(`${backend.id} differs without a defect: ${control.id}`);
  if (area.defects.length === 0) failures.push(`${area.name} has no defects`);
  const defects = area.defects.map((defect: Defect): DefectReport => {
    const { id, description } = defect;
    const difference = find(defect.wrap(backend));
    const small = difference !== null && isSmall(difference.id);
    if (difference === null) failures.push(`${id} was not found: ${description}`);
    else if (!small) failures.push(`${id} was found by a case that is no small one: ${difference.id}`);
    return { id, description, difference, small };
  });
  return { area: area.name, defects, failures };
}

function firstDifference(
  area: Area,
  tested: Backend,
  library: Subject,
  selection: Selection,
): Difference | null {
  const run = new AreaRun(area, new LiveSubject(tested), library, selection);
  while (run.different === 0 && run.step(1));
  return run.result().differences[0] ?? null;
}
