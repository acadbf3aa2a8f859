import { AreaRun } from "./area_run.ts";
import type { Area } from "./model.ts";
import { REPORT_VERSION, type RunReport, subjectReport } from "./reports/run_report.ts";
import type { Selection } from "./selection.ts";
import type { Subject } from "./subject.ts";
import { usage } from "./conformance_error.ts";

/** How far a run is. */
export interface Progress {
  /** How many cases are done. */
  readonly done: number;
  /** How many there are. */
  readonly total: number;
  /** How many differences there are so far. */
  readonly different: number;
  /** The test that runs now. */
  readonly test: string;
}

/** What {@linkcode compareAreas} may be told besides. */
export interface CompareOptions {
  /** Which cases to compare. */
  readonly selection: Selection;
  /** What a reader must know about the run, one sentence each. */
  readonly notices?: readonly string[];
  /** Called about twenty times a second. */
  readonly onProgress?: (progress: Progress) => void;
}

/** How long the run keeps the thread before it lets others work. */
const SLICE = 50;

/**
 * Compares two subjects on all cases of the areas that are selected.
 *
 * Rejects with `USAGE` where nothing is selected. What a subject throws that is no answer rejects too.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 * import { compareAreas, DEFAULT_SELECTION, imageArea, isGreen, LiveSubject, parseQuery } from "@mediamem/conformance";
 *
 * using backend = createCore();
 * const subject = new LiveSubject(backend);
 * const selection = { ...DEFAULT_SELECTION, query: parseQuery("image/checkSize") };
 * assertEquals(isGreen(await compareAreas([imageArea], subject, subject, { selection })), true);
 * ```
 */
export async function compareAreas(
  areas: readonly Area[],
  ours: Subject,
  library: Subject,
  { selection, notices = [], onProgress }: CompareOptions,
): Promise<RunReport> {
  let count = 0;
  const runs = areas.filter((area) => library.has(area.name)).map((area) => {
    const run = new AreaRun(area, ours, library, selection, count);
    count += run.count;
    return run;
  });
  if (count === 0) {
    usage(
      `Cannot compare ${
        selection.query?.text ?? areas.map(({ name }) => name).join(", ")
      }: found no such case, wanted one at least`,
    );
  }
  const sum = (of: (run: AreaRun) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const total = sum((run) => run.total);
  for (const run of runs) {
    for (let more = true; more;) {
      more = run.step(SLICE);
      onProgress?.({
        done: sum(({ done }) => done),
        total,
        different: sum(({ different }) => different),
        test: run.current,
      });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  }
  const results = runs.map((run) => run.result());
  const without = areas.filter((area) => !library.has(area.name));
  return {
    version: REPORT_VERSION,
    runtime: currentRuntime(),
    ours: subjectReport(ours.reference),
    library: subjectReport(library.reference),
    selection: {
      areas: areas.map(({ name }) => name),
      scope: selection.scope,
      seed: selection.seed,
      shard: selection.shard,
      cases: selection.query?.text ?? null,
    },
    tests: results.flatMap(({ tests }) => tests),
    differences: results.flatMap(({ differences }) => differences),
    cases: results.flatMap(({ cases }) => cases),
    known: results.flatMap(({ known }) => known),
    pictures: results.flatMap(({ pictures }) => pictures),
    notices: [...notices, ...without.map(({ name }) => `${library.reference.id} has no area ${name}`)],
    failures: [],
  };
}

/** The runtime that runs this, as its user agent names it. */
export function currentRuntime(): { readonly name: string; readonly version: string } {
  const { userAgent } = navigator;
  const [, name, version] = /^(Deno|Bun)\/(\S+)/.exec(userAgent) ??
    /(Firefox|Chrome)\/(\S+)/.exec(userAgent) ?? [];
  return { name: name ?? "unknown", version: version ?? userAgent };
}
