import { fold } from "../fold.ts";
import { type Column, table } from "../table.ts";
import type { Output } from "../terminal.ts";
import type { HeapRun } from "./heap_run.ts";
import { heapStrip } from "./heap_strip.ts";
import type { LeakedBlocks } from "./leaks.ts";
import { counted, cut, grouped } from "./trace_text.ts";

const GROUPS = 10;
const VIOLATIONS = 20;

const LEAK_COLUMNS: readonly Column<LeakedBlocks>[] = [
  { head: "name", value: (group) => cut(group.name, 40) },
  { head: "blocks", value: (group) => grouped(group.count), align: "right", drop: 1 },
  { head: "bytes", value: (group) => grouped(group.bytes), align: "right" },
  { head: "largest", value: (group) => grouped(group.largest), align: "right", drop: 3 },
  { head: "from line", value: (group) => String(group.line), align: "right", drop: 2 },
];

function facts({ operations, failures, stats, violations }: HeapRun, checked: boolean): [string, string][] {
  const { live, bytes, peak, total, free, largestFree, quarantined, fragmentation } = stats;
  return [
    ["operations", grouped(operations)],
    ["failures", grouped(failures.count)],
    ["live", counted(live, "block")],
    ["in use", counted(bytes, "byte")],
    ["peak", counted(peak, "byte")],
    ["heap", counted(total, "byte")],
    ["free", counted(free, "byte")],
    ["largest free", counted(largestFree, "byte")],
    ...(checked ? [["quarantine", counted(quarantined, "byte")] as [string, string]] : []),
    ["fragmentation", `${(fragmentation * 100).toFixed(1)} %`],
    ["check", violations.length === 0 ? "clean" : counted(violations.length, "violation")],
  ];
}

function printLeaks(run: HeapRun, { write, columns, colours }: Output): void {
  const { count, bytes, groups } = run.leaks;
  if (count === 0) {
    write("\nEverything was freed\n");
    return;
  }
  write(`\n${colours.bold("Never freed")}  ${counted(count, "block")}, ${counted(bytes, "byte")}\n`);
  write(table(LEAK_COLUMNS, groups.slice(0, GROUPS), columns, colours.dim));
  if (groups.length > GROUPS) write(`and ${counted(groups.length - GROUPS, "more group")}\n`);
}

function printStrip(run: HeapRun, out: Output): void {
  const { picture, history, operations } = run;
  if (picture === null) {
    out.write("\nThe heap cannot be drawn: its blocks do not follow each other any more\n");
    return;
  }
  const { strip } = picture;
  const at = history.drawnAt === operations ? "" : ` after operation ${grouped(history.drawnAt)}`;
  const shades = out.unicode ? "█▓▒░" : "#+:.";
  out.write(`\n${out.colours.bold(`Heap${at}`)}\n`);
  for (const line of heapStrip(strip, out)) out.write(`${line}\n`);
  const behind = strip.freeBehind === 0 ? "" : `; ${counted(strip.freeBehind, "byte")} free behind that`;
  const legend =
    `1 character = ${counted(strip.rowBytes / strip.columns, "byte")}: ${shades} in use, all to few` +
    ` of them; = headers${strip.checked ? " and red zones" : ""}; o freed and kept back; blank free${behind}`;
  for (const line of fold(legend, out.columns)) out.write(`${out.colours.dim(line)}\n`);
}

/** Prints what came of a run, for people: figures, leaks and a drawing. */
export function printHeapRun(trace: string, run: HeapRun, checked: boolean, out: Output): void {
  out.write(`${out.colours.bold(trace)}\n`);
  for (const [name, value] of facts(run, checked)) {
    out.write(`  ${out.colours.dim(name.padEnd(13))}  ${value}\n`);
  }
  printLeaks(run, out);
  printStrip(run, out);
}

/** Prints what `check()` found. */
export function printViolations({ violations }: HeapRun, { write, colours }: Output): void {
  for (const violation of violations.slice(0, VIOLATIONS)) write(`${colours.red("check:")} ${violation}\n`);
  if (violations.length > VIOLATIONS) {
    write(`and ${counted(violations.length - VIOLATIONS, "more violation")}\n`);
  }
}
