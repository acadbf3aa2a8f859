import type { Buffers, HighWater } from "@mediamem/interface";
import type { PoolEvent, PoolHistory, PoolSlot } from "@mediamem/drawing";
import { drive } from "./drive.ts";
import type { FailureLog } from "./failure_log.ts";
import { poolLine, type PoolOperation } from "./pool_operation.ts";
import { PoolReplay, type PoolReplayOptions, type PoolSum, type PoolTotals } from "./pool_replay.ts";
import { ThinnedSeries } from "./thinned_series.ts";
import type { TraceProgress } from "./trace_progress.ts";
import type { TraceSource } from "./trace_source.ts";

/** The figures after one step. */
export type PoolStep = PoolTotals & {
  readonly step: number;
  /** The operation of the step; empty for a run that is too long to keep them. */
  readonly operation: string;
};

/** A warning of a pool. */
export interface PoolWarning {
  /** Where the request stands: `trace.txt:12`. */
  readonly where: string;
  readonly step: number;
  readonly out: number;
  /** What the pool said, which names who holds its buffers. */
  readonly text: string;
}

/** Who has buffers at the end. */
export interface PoolHolding {
  readonly holder: string;
  readonly count: number;
  /** The line that took the first of them. */
  readonly line: number;
}

/** What came of a run. */
export interface PoolRun {
  readonly operations: number;
  readonly failures: FailureLog;
  /** The first warnings. */
  readonly warnings: readonly PoolWarning[];
  /** How many warnings there were. */
  readonly warningCount: number;
  /** The figures over time, a few of them. */
  readonly steps: readonly PoolStep[];
  /** What became of the buffers, for each size. */
  readonly sums: readonly PoolSum[];
  /** Whether buffers were out at a trim. */
  readonly split: boolean;
  /** Who has buffers at the end, most first. */
  readonly holdings: readonly PoolHolding[];
  readonly slots: readonly PoolSlot[];
  /** Resizes, trims, warnings; none where there are too many to be marked. */
  readonly events: readonly PoolEvent[];
  readonly history: PoolHistory;
}

/** How many steps the table over time has at most. */
const TABLE_STEPS = 24;
const WARNINGS = 20;
/** Where more happened than that, the picture marks nothing of it. */
const EVENTS = 60;

const FIGURES = ["out", "idle", "hits", "misses", "returned", "freed", "bytes"] as const;

function tableSteps(series: ThinnedSeries, lines: readonly string[], operations: number): PoolStep[] {
  const count = series.steps.length;
  const wanted = operations < TABLE_STEPS ? count : Math.min(count, TABLE_STEPS);
  return Array.from({ length: wanted }, (_, i) => {
    const at = wanted === 1 ? 0 : Math.round((i * (count - 1)) / (wanted - 1));
    const step = series.steps[at]!;
    const figure = (name: (typeof FIGURES)[number]): number => series.values(FIGURES.indexOf(name))[at]!;
    return {
      step,
      operation: operations < TABLE_STEPS ? lines[step] ?? "" : "",
      out: figure("out"),
      idle: figure("idle"),
      hits: figure("hits"),
      misses: figure("misses"),
      returned: figure("returned"),
      freed: figure("freed"),
      bytes: figure("bytes"),
    };
  });
}

function findHoldings(replay: PoolReplay): PoolHolding[] {
  const holdings = new Map<string, PoolHolding>();
  for (const [, { ref, holder, line }] of replay.buffers.entries()) {
    if (ref === null) continue;
    const before = holdings.get(holder);
    holdings.set(holder, {
      holder,
      count: (before?.count ?? 0) + 1,
      line: Math.min(before?.line ?? line, line),
    });
  }
  return [...holdings.values()].sort((a, b) => b.count - a.count || a.line - b.line);
}

/** Runs a trace on the pools of a backend. Everything is given back when it returns. Throws a `UsageError` for what cannot be in a trace. */
export function runPoolTrace(
  buffers: Buffers,
  source: TraceSource<PoolOperation>,
  options: Omit<PoolReplayOptions, "onHighWater"> & { readonly strict: boolean },
  progress: TraceProgress,
): PoolRun {
  const warnings: PoolWarning[] = [];
  const events: PoolEvent[] = [];
  const lines: string[] = ["start"];
  const series = new ThinnedSeries(FIGURES.map(() => "later"));
  let warningCount = 0;
  let step = 0;
  let line = 0;
  const happened = (words: string, warning: boolean): void => {
    if (events.length <= EVENTS) events.push({ step, words, warning });
  };
  const onHighWater = ({ out, text }: HighWater): void => {
    warningCount++;
    happened(`${out} out`, true);
    if (warnings.length < WARNINGS) warnings.push({ where: source.where(line), step, out, text });
  };
  using replay = new PoolReplay(buffers, { ...options, onHighWater }, (at) => source.where(at));
  const sample = (count: number): void => {
    const totals = replay.totals();
    series.add(count, ...FIGURES.map((figure) => totals[figure]));
  };
  sample(0);
  const { operations, failures } = drive({
    source,
    progress,
    strict: options.strict,
    apply: (operation) => {
      step++;
      line = operation.line;
      if (lines.length <= TABLE_STEPS) lines.push(poolLine(operation));
      replay.apply(operation, step - 1);
      if (operation.word === "resize") happened(`resize ${operation.size}`, false);
      else if (operation.word === "trim" || operation.word === "uninit") happened(operation.word, false);
    },
    after: (count) => {
      if (series.wants(count)) sample(count);
    },
    line: poolLine,
  });
  if (!series.wants(operations)) sample(operations);
  const [out, idle, bytes] = (["out", "idle", "bytes"] as const).map((name) =>
    series.values(FIGURES.indexOf(name))
  );
  return {
    operations,
    failures,
    warnings,
    warningCount,
    steps: tableSteps(series, lines, operations),
    sums: replay.sums(),
    split: replay.split,
    holdings: findHoldings(replay),
    slots: replay.slots(operations),
    events: events.length > EVENTS ? [] : events,
    history: { steps: series.steps, out: out!, idle: idle!, bytes: bytes! },
  };
}
