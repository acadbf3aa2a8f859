import type { HeapStats } from "@mediamem/core-ts/memory";
import type { TraceFailure } from "./failure_log.ts";
import type { HeapRun } from "./heap_run.ts";
import type { Leaks } from "./leaks.ts";

/** A run as `mediamem heap --json` prints it. The names and their order are what scripts rely on. */
export interface HeapReport {
  readonly trace: string;
  readonly operations: number;
  readonly stats: HeapStats;
  /** What `check()` found. */
  readonly violations: readonly string[];
  readonly failures: {
    readonly count: number;
    /** How many of each code. */
    readonly codes: Readonly<Record<string, number>>;
    /** The first twenty. */
    readonly first: readonly TraceFailure[];
  };
  /** What was never freed. */
  readonly leaks: Leaks;
}

/** The report of a run. */
export function heapReport(trace: string, run: HeapRun): HeapReport {
  const { operations, stats, violations, failures, leaks } = run;
  const { count, codes, first } = failures;
  return { trace, operations, stats, violations, failures: { count, codes, first }, leaks };
}
