import type { ImageLayout } from "@mediamem/interface";
import { type ComponentChild, h } from "preact";
import type { Difference } from "../difference.ts";
import { sum, type TestReport } from "../tally.ts";
import { figure, scroll } from "./html_parts.ts";
import {
  reasonsOf,
  reproduceCommand,
  type RunReport,
  runtimeName,
  subjectName,
  totalsOf,
} from "./run_report.ts";
import { formatCount } from "./text_table.ts";

/** Everything about one run. */
export function runSection(report: RunReport, index: number): ComponentChild {
  const { selection, library, notices, failures, differences } = report;
  const shard = selection.shard === null ? "" : `, shard ${selection.shard.index}/${selection.shard.count}`;
  const cases = selection.cases ?? selection.areas.join(", ");
  return h(
    "section",
    null,
    h("h2", null, `${subjectName(report.ours)} against ${subjectName(library)} on ${runtimeName(report)}`),
    h("p", { class: "quiet" }, `${cases}, ${selection.scope} scope, seed ${selection.seed}${shard}`),
    library?.library.path ? h("p", { class: "quiet" }, h("code", null, library.library.path)) : null,
    notices.map((notice) => h("p", { class: "note" }, notice)),
    failures.map((failure) => h("p", { class: "bad" }, h("code", null, failure))),
    differences.length === 0 ? null : h("h3", null, "Where they part"),
    differences.map((difference, i) => differenceCard(report, difference, `difference-${index}-${i}`)),
    h("h3", null, "Tests"),
    testTable(report),
    knownList(report),
    reasonList(report),
  );
}

function testTable({ tests }: RunReport): ComponentChild {
  const titles = [
    "test",
    "C function",
    "compared",
    "equal",
    "of them errors",
    "known",
    "not comparable",
    "different",
    "ms",
  ];
  const row = (name: string, op: string, counts: readonly number[], isSum: boolean): ComponentChild =>
    h(
      "tr",
      { class: isSum ? "sum" : "" },
      [name, op].map((cell) => h("td", null, h("code", null, cell))),
      counts.map((count, i) =>
        h("td", { class: i === 5 && count > 0 ? "number bad" : "number" }, formatCount(count))
      ),
    );
  const total = totalsOf(tests);
  const rows = tests.map((test: TestReport) =>
    row(test.test, test.op, [
      test.comparisons,
      test.equal,
      sum(test.errors),
      sum(test.known),
      sum(test.notComparable),
      test.different,
      Math.round(test.milliseconds),
    ], false)
  );
  const { comparisons, equal, errors, known, notComparable, different, milliseconds } = total;
  rows.push(
    row(
      "all",
      "",
      [comparisons, equal, errors, known, notComparable, different, Math.round(milliseconds)],
      true,
    ),
  );
  return scroll(titles, titles.map((_, i) => i > 1), rows);
}

function knownList({ known }: RunReport): ComponentChild[] {
  if (known.length === 0) return [];
  const items = known.map(({ id, reason, count }) =>
    h("li", null, h("code", null, id), `: ${formatCount(count)}. `, h("span", { class: "quiet" }, reason))
  );
  return [h("h3", null, "Known differences"), h("ul", null, items)];
}

function reasonList({ tests }: RunReport): ComponentChild[] {
  const reasons = reasonsOf(tests);
  if (reasons.size === 0) return [];
  const items = [...reasons].map(([reason, count]) => h("li", null, `${formatCount(count)}: ${reason}`));
  return [h("h3", null, "Not comparable"), h("ul", null, items)];
}

function differenceCard(report: RunReport, difference: Difference, id: string): ComponentChild {
  const { actual, expected, quoted, found, op, pictures } = difference;
  const answers: [string, string][] = [
    [report.ours?.library.name ?? "ours", actual],
    [report.library?.library.name ?? "library", expected],
    ...(quoted === null ? [] : [["quoted", quoted] as [string, string]]),
    ["C function", op],
    ...found.filter((verdicts) => verdicts.id !== difference.id).slice(0, 1).map((
      { id },
    ): [string, string] => ["found by", id]),
    ["again", reproduceCommand(report, difference.id)],
  ];
  const figures: [string, ImageLayout | null][] = [
    [answers[0]![0], pictures.actual],
    [answers[1]![0], pictures.expected],
  ];
  return h(
    "div",
    { class: "case" },
    h("code", { class: "bad" }, difference.id),
    h(
      "dl",
      null,
      answers.flatMap(([term, text]) => [h("dt", null, term), h("dd", null, h("code", null, text))]),
    ),
    h(
      "div",
      { class: "pictures" },
      figures.map(([name, layout], i) => layout && figure(layout, name, `${id}-${i}`)),
    ),
  );
}
