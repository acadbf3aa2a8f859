import { type ComponentChild, h } from "preact";
import type { Difference, ShownCase, Verdicts } from "../difference.ts";
import { sum } from "./test_report.ts";
import { figure, scroll } from "./html_parts.ts";
import {
  reasonsOf,
  reproduceCommand,
  type RunReport,
  runtimeName,
  sideName,
  subjectName,
  totalsOf,
  verdictInWords,
} from "./run_report.ts";
import { formatCount } from "./text_table.ts";

/** Everything about one run, or about several that differ by the runtime only. */
export function runSection(group: readonly [RunReport, ...RunReport[]], index: number): ComponentChild {
  const [report] = group;
  const { selection, library, failures, differences } = report;
  const notices = new Set(group.flatMap((each) => each.notices));
  const shown = report.cases.filter(({ verdict }) => verdict !== "different");
  const shard = selection.shard === null ? "" : `, shard ${selection.shard.index}/${selection.shard.count}`;
  const cases = selection.cases ?? selection.areas.join(", ");
  const runtimes = group.map(runtimeName).join(" and ");
  return h(
    "section",
    null,
    h("h2", null, `${subjectName(report.ours)} against ${subjectName(library)} on ${runtimes}`),
    h("p", { class: "quiet" }, `${cases}, ${selection.scope} scope, seed ${selection.seed}${shard}`),
    library?.library.path ? h("p", { class: "quiet" }, h("code", null, library.library.path)) : null,
    [...notices].map((notice) => h("p", { class: "note" }, notice)),
    failures.map((failure) => h("p", { class: "bad" }, h("code", null, failure))),
    differences.length === 0 ? null : h("h3", null, "Where they part"),
    differences.map((difference, i) => differenceCard(report, difference, `difference-${index}-${i}`)),
    shown.length === 0 ? null : h("h3", null, "Cases"),
    shown.map((each) => caseCard(report, each)),
    h("h3", null, "Tests"),
    testTable(group),
    knownList(report),
    reasonList(report),
  );
}

/** Which of a row's numbers counts the differences. */
const DIFFERENT = 5;

function testTable(group: readonly [RunReport, ...RunReport[]]): ComponentChild {
  const [{ tests }] = group;
  const clocks = group.map(({ runtime }) => group.length === 1 ? "ms" : `${runtime.name} ms`);
  const counts = ["compared", "equal", "of them errors", "known", "not comparable", "different"];
  const titles = ["test", "C function", ...counts, ...clocks];
  const row = (name: string, op: string, numbers: readonly number[], isSum: boolean): ComponentChild =>
    h(
      "tr",
      { class: isSum ? "sum" : "" },
      [name, op].map((cell) => h("td", null, h("code", null, cell))),
      numbers.map((number, i) =>
        h(
          "td",
          { class: i === DIFFERENT && number > 0 ? "number bad" : "number" },
          formatCount(Math.round(number)),
        )
      ),
    );
  const rows = tests.map((test, i) => {
    const { comparisons, equal, errors, known, notComparable, different } = test;
    const numbers = [comparisons, equal, sum(errors), sum(known), sum(notComparable), different];
    return row(
      test.test,
      test.op,
      [...numbers, ...group.map((report) => report.tests[i]!.milliseconds)],
      false,
    );
  });
  const { comparisons, equal, errors, known, notComparable, different } = totalsOf(tests);
  const times = group.map((report) => totalsOf(report.tests).milliseconds);
  rows.push(row("all", "", [comparisons, equal, errors, known, notComparable, different, ...times], true));
  return scroll(titles, titles.map((_, i) => i > 1), rows);
}

function knownList({ known, selection }: RunReport): ComponentChild[] {
  // A part of the cases says nothing about what it did not see.
  const whole = selection.cases === null && selection.shard === null;
  const shown = known.filter(({ count }) => count > 0 || whole);
  if (shown.length === 0) return [];
  const items = shown.map(({ id, reason, count }) =>
    h(
      "li",
      null,
      h("code", null, id),
      `: ${count === 0 ? "never seen in this run" : formatCount(count)}. `,
      h("span", { class: "quiet" }, reason),
    )
  );
  return [h("h3", null, "Known differences"), h("ul", null, items)];
}

function reasonList({ tests }: RunReport): ComponentChild[] {
  const reasons = reasonsOf(tests);
  if (reasons.size === 0) return [];
  const items = [...reasons].map(([reason, count]) => h("li", null, `${formatCount(count)}: ${reason}`));
  return [h("h3", null, "Not comparable"), h("ul", null, items)];
}

function answersOf(report: RunReport, { actual, expected, quoted }: Verdicts): [string, string][] {
  const answers: [string, string][] = [[sideName(report.ours), actual], [sideName(report.library), expected]];
  return quoted === null ? answers : [...answers, ["quoted", quoted]];
}

function definitions(terms: readonly (readonly [string, string])[]): ComponentChild {
  return h(
    "dl",
    null,
    terms.flatMap(([term, text]) => [h("dt", null, term), h("dd", null, h("code", null, text))]),
  );
}

function caseCard(report: RunReport, shown: ShownCase): ComponentChild {
  const answers = shown.verdict === "notComparable" ? [] : answersOf(report, shown);
  return h(
    "div",
    { class: "case" },
    h("code", null, shown.id),
    definitions([["verdict", verdictInWords(shown)], ...answers]),
  );
}

function differenceCard(report: RunReport, difference: Difference, id: string): ComponentChild {
  const { found, op, pictures } = difference;
  const answers: [string, string][] = [
    ...answersOf(report, difference),
    ["C function", op],
    ...found.filter((verdicts) => verdicts.id !== difference.id).slice(0, 1).map((
      { id },
    ): [string, string] => ["found by", id]),
    ["again", reproduceCommand(report, difference.id)],
  ];
  const figures = [pictures.actual, pictures.expected].map((layout, i) =>
    layout === null ? null : figure(layout, answers[i]![0], `${id}-${i}`)
  );
  return h(
    "div",
    { class: "case" },
    h("code", { class: "bad" }, difference.id),
    definitions(answers),
    figures.some((each) => each !== null) ? h("div", { class: "pictures" }, figures) : null,
  );
}
