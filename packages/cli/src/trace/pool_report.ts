import type { TraceFailure } from "./failure_log.ts";
import type { PoolSum } from "./pool_replay.ts";
import type { PoolHolding, PoolRun, PoolStep, PoolWarning } from "./pool_run.ts";

/** A run as `mediamem pool --json` prints it. The names and their order are what scripts rely on. */
export interface PoolReport {
  readonly trace: string;
  readonly backend: string;
  readonly operations: number;
  /** What became of the buffers, for each size. */
  readonly pools: readonly PoolSum[];
  readonly failures: {
    readonly count: number;
    /** How many of each code. */
    readonly codes: Readonly<Record<string, number>>;
    /** The first twenty. */
    readonly first: readonly TraceFailure[];
  };
  readonly warnings: {
    readonly count: number;
    /** The first twenty. */
    readonly first: readonly PoolWarning[];
  };
  /** Who has buffers at the end. */
  readonly holders: readonly PoolHolding[];
  /** The figures over time. */
  readonly steps: readonly PoolStep[];
}

/** The report of a run. */
export function poolReport(trace: string, backend: string, run: PoolRun): PoolReport {
  const { operations, sums, failures, warnings, warningCount, holdings, steps } = run;
  const { count, codes, first } = failures;
  return {
    trace,
    backend,
    operations,
    pools: sums,
    failures: { count, codes, first },
    warnings: { count: warningCount, first: warnings },
    holders: holdings,
    steps,
  };
}

/** A figure on which backends part. */
export interface PoolDifference {
  /** `yuv420p 1920x1080 hits`. */
  readonly figure: string;
  /** What each backend has, in the order of the reports. */
  readonly values: readonly (string | number)[];
}

const STATS = ["hits", "misses", "out", "idle", "returned", "freed", "peak"] as const;
/** What depends on which buffers a trim leaves to be used again. */
const AFTER_TRIM: readonly string[] = ["hits", "misses", "idle", "freed"];

/**
 * Finds the figures on which the reports of several backends part.
 *
 * @param split Whether buffers were out at a trim: libavutil has no such function, and the pool that stands in for it does not use them again.
 */
export function poolDifferences(reports: readonly PoolReport[], split: boolean): PoolDifference[] {
  const stats = STATS.filter((name) => !split || !AFTER_TRIM.includes(name));
  const labels = [...new Set(reports.flatMap(({ pools }) => pools.map(({ label }) => label)))];
  const codes = [...new Set(reports.flatMap(({ failures }) => Object.keys(failures.codes)))];
  const rows: PoolDifference[] = [
    ...labels.flatMap((label) =>
      stats.map((name) => ({
        figure: `${label} ${name}`,
        values: reports.map(({ pools }) => pools.find((pool) => pool.label === label)?.stats[name] ?? "none"),
      }))
    ),
    ...codes.map((code) => ({
      figure: `failures ${code}`,
      values: reports.map(({ failures }) => failures.codes[code] ?? 0),
    })),
    { figure: "warnings", values: reports.map(({ warnings }) => warnings.count) },
  ];
  return rows.filter(({ values }) => values.some((value) => value !== values[0]));
}
