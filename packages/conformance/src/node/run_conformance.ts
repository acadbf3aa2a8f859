import { libraryOf } from "../areas.ts";
import type { Progress } from "../compare_areas.ts";
import { usage } from "../conformance_error.ts";
import { isGreen, type RunReport } from "../reports/run_report.ts";
import { LIBRARIES, libraryNamed } from "./library.ts";
import { runHere, type RunOptions, wantedAreas } from "./run_here.ts";
import { runInChild } from "./run_in_child.ts";
import type { LibraryName } from "../model.ts";
import { findRuntime, type RuntimeName, RUNTIMES, thisRuntime } from "./runtimes.ts";

/** What {@linkcode runConformance} may be told. */
export interface ConformanceOptions extends RunOptions {
  /** Where to run: one runtime, or both at the same time. Default: `both`. */
  readonly runtime?: RuntimeName | "both";
  /** Called as each run gets on, which is named by its runtime, and by its library where there are several. */
  readonly onProgress?: (run: string, progress: Progress) => void;
}

/** What came of a run. */
export interface ConformanceResult {
  /** One report for each runtime and library. */
  readonly reports: readonly RunReport[];
  /** 0 where every run was whole and found no difference, else 1. */
  readonly exitCode: 0 | 1;
}

/**
 * Compares `core-ts` with the libraries of the areas, one after the other, on one runtime or on both.
 *
 * This process runs its own runtime, child processes the other one. A child that crashes is a failure in its report. Rejects with a
 * `ConformanceError` where the run cannot be made: `USAGE`, `RUNTIME_MISSING`, `LIBRARY_MISSING`, `RECORDING_STALE`, `RECORDING_CORRUPT`.
 *
 * @example
 * ```ts ignore
 * import { renderTerminal } from "@mediamem/conformance";
 * import { runConformance } from "@mediamem/conformance/node";
 *
 * const { reports, exitCode } = await runConformance({ runtime: "both" });
 * console.log(renderTerminal(reports), exitCode);
 * ```
 */
export async function runConformance(options: ConformanceOptions = {}): Promise<ConformanceResult> {
  const { runtime = "both", onProgress, ...run } = options;
  const wanted = RUNTIMES.filter((name) => runtime === "both" || runtime === name);
  const here = thisRuntime();
  const executables = new Map(
    wanted.filter((name) => name !== here).map((name) => [name, findRuntime(name)]),
  );
  const parts = partsOf(run);

  using children = new DisposableStack();
  const runPart = (name: RuntimeName, part: Part): Promise<RunReport> => {
    const label = parts.length === 1 ? name : `${name} ${part.library}`;
    const say = (progress: Progress): void => onProgress?.(label, progress);
    const executable = executables.get(name);
    if (executable === undefined) return runHere(part.options, say);
    return children.use(runInChild(name, executable, part.options, say)).report;
  };
  const reports = await Promise.all(wanted.map(async (name) => {
    const made: RunReport[] = [];
    for (const part of parts) {
      made.push(await runPart(name, part));
      // The other runtime could not make its run, so there is no result to come to.
      if (children.disposed) break;
    }
    return made;
  }));
  // What one library came to on both runtimes stands together.
  const sorted = parts.flatMap((_, i) => reports.map((made) => made[i]!));
  return { reports: sorted, exitCode: sorted.every(isGreen) ? 0 : 1 };
}

/** What a run compares with one library. */
interface Part {
  readonly library: LibraryName;
  readonly options: RunOptions;
}

/** Splits a run by the libraries of its areas. Throws `USAGE` for areas that the backend does not have. */
function partsOf(run: RunOptions): readonly Part[] {
  const areas = wantedAreas(run);
  const only = run.backend === undefined ? null : libraryNamed(run.backend);
  const parts = LIBRARIES.filter((library) => only === null || library === only).map((library): Part => {
    const names = areas.filter((area) => libraryOf(area) === library).map(({ name }) => name);
    return { library, options: { ...run, areas: names } };
  }).filter(({ options }) => options.areas!.length > 0);
  if (parts.length > 0) return parts;
  if (areas.length > 0 && only !== null) {
    usage(
      `Cannot compare ${areas.map(({ name }) => name).join(", ")} with ${run.backend}: wanted ${
        [...new Set(areas.map(libraryOf))].join(" or ")
      }`,
    );
  }
  // No area has such a case: the run says so.
  return [{ library: "avutil", options: run }];
}
