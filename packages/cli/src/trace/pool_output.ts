import { fold } from "../fold.ts";
import { type Column, table } from "../table.ts";
import type { Output } from "../terminal.ts";
import type { PoolDifference, PoolReport } from "./pool_report.ts";
import type { PoolSum } from "./pool_replay.ts";
import type { PoolHolding, PoolStep } from "./pool_run.ts";
import { counted, cut, grouped } from "./trace_text.ts";

const STEP_COLUMNS: readonly Column<PoolStep>[] = [
  { head: "step", value: (row) => grouped(row.step), align: "right" },
  { head: "operation", value: (row) => cut(row.operation, 30), drop: 5 },
  { head: "out", value: (row) => grouped(row.out), align: "right" },
  { head: "idle", value: (row) => grouped(row.idle), align: "right" },
  { head: "hits", value: (row) => grouped(row.hits), align: "right", drop: 3 },
  { head: "misses", value: (row) => grouped(row.misses), align: "right", drop: 2 },
  { head: "freed", value: (row) => grouped(row.freed), align: "right", drop: 1 },
  { head: "bytes", value: (row) => grouped(row.bytes), align: "right", drop: 4 },
];

const SUM_COLUMNS: readonly Column<PoolSum>[] = [
  { head: "buffers", value: (row) => row.label },
  { head: "bytes each", value: (row) => grouped(row.size), align: "right", drop: 4 },
  { head: "hits", value: (row) => grouped(row.stats.hits), align: "right" },
  { head: "misses", value: (row) => grouped(row.stats.misses), align: "right" },
  { head: "out", value: (row) => grouped(row.stats.out), align: "right" },
  { head: "idle", value: (row) => grouped(row.stats.idle), align: "right", drop: 1 },
  { head: "returned", value: (row) => grouped(row.stats.returned), align: "right", drop: 3 },
  { head: "freed", value: (row) => grouped(row.stats.freed), align: "right", drop: 2 },
  { head: "peak", value: (row) => grouped(row.stats.peak), align: "right" },
];

const HOLDER_COLUMNS: readonly Column<PoolHolding>[] = [
  { head: "holder", value: (row) => cut(row.holder, 40) },
  { head: "buffers", value: (row) => grouped(row.count), align: "right" },
  { head: "from line", value: (row) => String(row.line), align: "right" },
];

const HOLDERS = 10;

/** Prints the warnings of a pool, which name who holds its buffers. */
export function printWarnings({ warnings }: PoolReport, { write, columns, colours }: Output): void {
  for (const { where, text } of warnings.first) {
    const [first = "", ...more] = fold(`${where}: ${text}`, columns);
    write(`${colours.yellow("warning:")} ${first}\n`);
    for (const line of more) write(`${line}\n`);
  }
  if (warnings.count > warnings.first.length) {
    write(`and ${counted(warnings.count - warnings.first.length, "more warning")}\n`);
  }
}

/** Prints what came of a run, for people: the figures over time and at the end, and who has buffers still. */
export function printPoolReport(report: PoolReport, { write, columns, colours }: Output): void {
  const { trace, backend, operations, failures, steps, pools, holders } = report;
  const hasOperations = steps.some(({ operation }) => operation !== "");
  write(
    `${colours.bold(trace)}  ${counted(operations, "operation")}, ${
      counted(failures.count, "failure")
    }, ${backend}\n`,
  );
  write(
    table(
      STEP_COLUMNS.filter(({ head }) => hasOperations || head !== "operation"),
      steps,
      columns,
      colours.dim,
    ),
  );
  write("\n");
  write(table(SUM_COLUMNS, pools, columns, colours.dim));
  if (holders.length === 0) {
    write("\nEverything was given back\n");
    return;
  }
  const count = holders.reduce((sum, holding) => sum + holding.count, 0);
  write(`\n${colours.bold("Never given back")}  ${counted(count, "buffer")}\n`);
  write(table(HOLDER_COLUMNS, holders.slice(0, HOLDERS), columns, colours.dim));
  if (holders.length > HOLDERS) write(`and ${counted(holders.length - HOLDERS, "more holder")}\n`);
}

/** Says why not all figures of several backends are compared. */
export function printSplit({ write, columns, colours }: Output): void {
  const words =
    "Not compared: hits, misses, idle, freed. Buffers were out at a trim, which libavutil has not; " +
    "over it they are freed when they are back, and not used again";
  write(fold(words, columns).map((line) => `${colours.yellow(line)}\n`).join(""));
}

/** Prints the figures on which backends part. */
export function printPoolDifferences(
  rows: readonly PoolDifference[],
  backends: readonly string[],
  { write, columns, colours }: Output,
): void {
  write(`${colours.red("The backends differ:")}\n`);
  write(table(
    [
      { head: "figure", value: (row: PoolDifference) => row.figure },
      ...backends.map((head, i) => ({
        head,
        value: (row: PoolDifference) => String(row.values[i]),
        align: "right" as const,
      })),
    ],
    rows,
    columns,
    colours.dim,
  ));
}
