import { type RunReport, runtimeName, subjectName, totalsOf } from "./run_report.ts";
import { formatCount } from "./text_table.ts";

/**
 * Writes the support matrix as Markdown: a row for each library and runtime, a column for each area.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { renderMatrix } from "@mediamem/conformance";
 *
 * assertEquals(renderMatrix([]), "| library | runtime |\n| --- | --- |\n");
 * ```
 */
export function renderMatrix(reports: readonly RunReport[]): string {
  const areas = [...new Set(reports.flatMap(({ tests }) => tests.map(({ area }) => area)))];
  const rows = reports.map((report) => [
    subjectName(report.library),
    runtimeName(report),
    ...areas.map((area) => matrixCell(report, area)),
  ]);
  const lines = [["library", "runtime", ...areas], ["---", "---", ...areas.map(() => "---")], ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** What a run found out about one area, in a few words. */
export function matrixCell({ tests, failures }: RunReport, area: string): string {
  const { comparisons, equal, known, notComparable, different } = totalsOf(
    tests.filter((test) => test.area === area),
  );
  if (failures.length > 0) return "the run failed";
  if (comparisons === 0) return "not compared";
  const words = [`${formatCount(equal)} equal`];
  if (different > 0) words.push(`**${formatCount(different)} different**`);
  if (known > 0) words.push(`${formatCount(known)} known`);
  if (notComparable > 0) words.push(`${formatCount(notComparable)} not comparable`);
  return words.join(", ");
}
