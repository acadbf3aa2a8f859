import type { Progress } from "../compare_areas.ts";
import { isGreen, type RunReport } from "../reports/run_report.ts";
import { runHere, type RunOptions } from "./run_here.ts";
import { runInChild } from "./run_in_child.ts";
import { findRuntime, type RuntimeName, RUNTIMES, thisRuntime } from "./runtimes.ts";

/** What {@linkcode runConformance} may be told. */
export interface ConformanceOptions extends RunOptions {
  /** Where to run: one runtime, or both at the same time. Default: `both`. */
  readonly runtime?: RuntimeName | "both";
  /** Called as each runtime gets on. */
  readonly onProgress?: (runtime: RuntimeName, progress: Progress) => void;
}

/** What came of a run. */
export interface ConformanceResult {
  /** One report for each runtime. */
  readonly reports: readonly RunReport[];
  /** 0 where every run was whole and found no difference, else 1. */
  readonly exitCode: 0 | 1;
}

/**
 * Compares `core-ts` with a library on one runtime or on both.
 *
 * This process runs its own runtime, a child process the other one. A child that crashes is a failure in its report. Rejects with a
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
  const say = (name: RuntimeName) => (progress: Progress): void => onProgress?.(name, progress);

  using children = new DisposableStack();
  const reports = await Promise.all(wanted.map((name) => {
    const executable = executables.get(name);
    if (executable === undefined) return runHere(run, say(name));
    return children.use(runInChild(name, executable, run, say(name))).report;
  }));

  return { reports, exitCode: reports.every(isGreen) ? 0 : 1 };
}
