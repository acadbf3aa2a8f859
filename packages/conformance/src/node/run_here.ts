import { createCore } from "@mediamem/core-ts";
import { AREAS, areasNamed } from "../areas.ts";
import { compareAreas, type Progress } from "../compare_areas.ts";
import { parseQuery, wantsTest } from "../query.ts";
import type { RunReport } from "../reports/run_report.ts";
import { DEFAULT_SEED, type Selection } from "../selection.ts";
import { LiveSubject } from "../subject.ts";
import type { Area, Scope } from "../model.ts";
import type { Shard } from "../shard.ts";
import { openLibrary } from "./library.ts";

/** What a run on one runtime may be told. Plain data, so that it can be handed to another process. */
export interface RunOptions {
  /** Names of areas; none: all of them, or those of {@linkcode caseId}. */
  readonly areas?: readonly string[];
  /** `avutil`, `avformat`, or a recording such as `recorded:avutil-57`. Default: the installed libraries, else their newest recordings. */
  readonly backend?: string;
  /** Default: `default`. */
  readonly scope?: Scope;
  /** Default: {@linkcode DEFAULT_SEED}. */
  readonly seed?: number;
  /** A case's id, or a query for several. Default: every case. */
  readonly caseId?: string;
  /** One of several equal parts. Default: all of it. */
  readonly shard?: Shard;
}

/** The areas that a run is about. Throws `USAGE` for a name that no area has. */
export function wantedAreas({ areas = [], caseId }: RunOptions): readonly Area[] {
  const query = caseId === undefined ? null : parseQuery(caseId);
  return areas.length === 0 && query !== null
    ? AREAS.filter(({ tests }) => tests.some(({ id }) => wantsTest(query, id)))
    : areasNamed(areas);
}

/**
 * Compares `core-ts` with a library in this process: all areas of the run must be compared with the same one. Rejects with a
 * `ConformanceError` where the run cannot be made.
 */
export async function runHere(
  options: RunOptions,
  onProgress?: (progress: Progress) => void,
): Promise<RunReport> {
  const { scope = "default", seed = DEFAULT_SEED, shard = null, caseId, backend = null } = options;
  const query = caseId === undefined ? null : parseQuery(caseId);
  const selection: Selection = { scope, seed, shard, query };
  const areas = wantedAreas(options);
  using library = await openLibrary(backend, areas, selection);
  using core = createCore();
  return await compareAreas(areas, new LiveSubject(core), library.subject, {
    selection,
    notices: library.notices,
    ...(onProgress && { onProgress }),
  });
}
