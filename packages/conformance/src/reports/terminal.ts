import type { Difference, ShownCase, Verdicts } from "../difference.ts";
import { sum } from "./test_report.ts";
import { foldReports } from "./fold_reports.ts";
import {
  isGreen,
  reasonsOf,
  reproduceCommand,
  type RunReport,
  runtimeName,
  sideName,
  subjectName,
  totalsOf,
  verdictInWords,
} from "./run_report.ts";
import { type Column, formatCount, textTable, wrapText } from "./text_table.ts";

/** How a report is written. */
export interface TerminalOptions {
  /** Characters in a line; 100 where nobody says. */
  readonly width?: number;
  /** Whether to write ANSI colours. */
  readonly colour?: boolean;
}

const COUNTS: readonly Column[] = [
  { title: "test" },
  { title: "C function", optional: 3 },
  { title: "compared", right: true },
  { title: "equal", right: true },
  { title: "of them errors", right: true, optional: 2 },
  { title: "known", right: true },
  { title: "not comparable", right: true },
  { title: "different", right: true },
];

/**
 * Writes reports for a terminal: a table for each, what is known and what could not be compared, and the simplest case of every
 * difference.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { renderTerminal } from "@mediamem/conformance";
 *
 * assertEquals(renderTerminal([]), "\n");
 * ```
 */
export function renderTerminal(reports: readonly RunReport[], options: TerminalOptions = {}): string {
  const { width = 100, colour = false } = options;
  const paint = (code: number, text: string): string => colour ? `\x1b[${code}m${text}\x1b[0m` : text;
  const sections = foldReports(reports).map((group) => section(group, width, paint));
  const verdicts = reports.map((report) => paint(isGreen(report) ? 32 : 31, verdict(report)));
  return `${[...sections.map((lines) => lines.join("\n")), verdicts.join("\n")].join("\n\n")}\n`;
}

/** The outcome of a run in one line. */
export function verdict(report: RunReport): string {
  const { comparisons, known, notComparable, different } = totalsOf(report.tests);
  const sides = `${subjectName(report.ours)} and ${subjectName(report.library)}`;
  const where = `on ${runtimeName(report)}`;
  if (report.failures.length > 0) return `The run of ${sides} ${where} failed: ${report.failures.join("; ")}`;
  const counts =
    `${formatCount(comparisons)} ${comparisons === 1 ? "comparison" : "comparisons"}, ${
      formatCount(different)
    } different, ${formatCount(known)} known, ` +
    `${formatCount(notComparable)} not comparable`;
  return different === 0 ? `${sides} agree ${where}: ${counts}` : `${sides} part ${where}: ${counts}`;
}

type Paint = (code: number, text: string) => string;

/** One or more runs that differ by the runtime only. */
function section(group: readonly [RunReport, ...RunReport[]], width: number, paint: Paint): string[] {
  const [report] = group;
  const { selection, known, failures, differences } = report;
  const shard = selection.shard === null ? "" : `, shard ${selection.shard.index}/${selection.shard.count}`;
  const lines = [
    paint(
      1,
      `${subjectName(report.ours)} against ${subjectName(report.library)} on ${
        group.map(runtimeName).join(" and ")
      }`,
    ),
    `${
      selection.cases ?? selection.areas.join(", ")
    }, ${selection.scope} scope, seed ${selection.seed}${shard}`,
  ];
  if (report.library?.library.path) lines.push(report.library.library.path);
  for (const notice of new Set(group.flatMap(({ notices }) => notices))) {
    lines.push(...wrapText(notice, width, "! ").map((line) => paint(33, line)));
  }
  lines.push("", ...table(group, width));
  const whole = selection.cases === null && selection.shard === null;
  const shown = known.filter(({ count }) => count > 0 || whole);
  if (shown.length > 0) lines.push("", paint(1, "Known differences"));
  for (const { id, reason, count } of shown) {
    lines.push(
      `  ${id}: ${count === 0 ? "never seen in this run" : formatCount(count)}`,
      ...wrapText(reason, width, "    "),
    );
  }
  const reasons = reasonsOf(report.tests);
  if (reasons.size > 0) lines.push("", paint(1, "Not comparable"));
  for (const [reason, count] of reasons) {
    lines.push(...wrapText(`${formatCount(count)}: ${reason}`, width, "  "));
  }
  const shownCases = report.cases.filter((each) => each.verdict !== "different");
  if (shownCases.length > 0) lines.push("", paint(1, "Cases"));
  for (const each of shownCases) lines.push(...describeCase(report, each));
  if (differences.length > 0) lines.push("", paint(1, "Where they part"));
  for (const difference of differences) lines.push(...describeDifference(report, difference, paint));
  if (failures.length > 0) lines.push("", paint(1, "Failures"));
  for (const failure of failures) lines.push(...failure.split("\n").map((line) => paint(31, `  ${line}`)));
  return lines;
}

function table(group: readonly [RunReport, ...RunReport[]], width: number): string[] {
  const [{ tests }] = group;
  const row = (
    name: string,
    op: string,
    counts: readonly number[],
    milliseconds: readonly number[],
  ): string[] => [
    name,
    op,
    ...[...counts, ...milliseconds.map(Math.round)].map(formatCount),
  ];
  const rows = tests.map((test, i) =>
    row(
      test.test,
      test.op,
      [
        test.comparisons,
        test.equal,
        sum(test.errors),
        sum(test.known),
        sum(test.notComparable),
        test.different,
      ],
      group.map((report) => report.tests[i]!.milliseconds),
    )
  );
  const { comparisons, equal, errors, known, notComparable, different } = totalsOf(tests);
  const times = group.map((report) => totalsOf(report.tests).milliseconds);
  rows.push(row("all", "", [comparisons, equal, errors, known, notComparable, different], times));
  const clocks = group.map(({ runtime }): Column => ({
    title: group.length === 1 ? "ms" : `${runtime.name} ms`,
    right: true,
    optional: 1,
  }));
  return textTable([...COUNTS, ...clocks], rows, width);
}

/** How far the words before an answer reach. */
const LABEL = 10;

function describeAnswers(report: RunReport, { actual, expected, quoted }: Verdicts): string[] {
  const lines = [[sideName(report.ours), actual], [sideName(report.library), expected]];
  if (quoted !== null) lines.push(["quoted", quoted]);
  return lines.map(([name, answer]) => `    ${name!.padEnd(LABEL)} ${printable(answer!)}`);
}

function describeDifference(report: RunReport, difference: Difference, paint: Paint): string[] {
  const { id, op, found } = difference;
  const lines = [`  ${paint(31, id)}  ${op}`, ...describeAnswers(report, difference)];
  const first = found.find((verdicts) => verdicts.id !== id);
  if (first !== undefined) lines.push(`    ${"found by".padEnd(LABEL)} ${first.id}`);
  return [...lines, `    ${"again".padEnd(LABEL)} ${reproduceCommand(report, id)}`];
}

function describeCase(report: RunReport, shown: ShownCase): string[] {
  const title = `  ${shown.id}  ${verdictInWords(shown)}`;
  return shown.verdict === "notComparable" ? [title] : [title, ...describeAnswers(report, shown)];
}

/** A library's text must not move the cursor. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "\ufffd");
}
