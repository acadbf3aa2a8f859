/**
 * Runs the benches on both runtimes and the same loops in C, prints every figure and how it stands to the goals.
 *
 * Run: `scripts/bench [--quick]`. Exit code 0 also where a goal is missed: a busy machine is no defect.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { chartSvg } from "@mediamem/drawing";
import { runAreas } from "./areas.ts";
import { figureText, type Goal, judge } from "./judge.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const flags = process.argv.includes("--quick") ? ["--quick"] : [];

/** No colours, and no lines between the rows. */
const STYLE = {
  style: { head: [], border: [] },
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

function nanoseconds(value: number | undefined): string {
  if (value === undefined) return "";
  return value >= 10_000 ? `${(value / 1000).toFixed(0)} us` : `${value.toFixed(value < 100 ? 1 : 0)} ns`;
}

const runs = runAreas(flags);
const names = [...new Set(runs.flatMap((run) => run.results.map((result) => result.name)))];
const figures = new Table({ ...STYLE, head: ["median a call", ...runs.map((run) => run.runtime)] });
for (const name of names) {
  for (
    const by of new Set(runs.flatMap((run) => run.results.filter((r) => r.name === name).map((r) => r.by)))
  ) {
    figures.push([
      `${name}, ${by}`,
      ...runs.map((run) => nanoseconds(run.results.find((r) => r.name === name && r.by === by)?.nanoseconds)),
    ]);
  }
}
console.log(figures.toString());

const others = new Table({ ...STYLE, head: ["what is no time", ...runs.map((run) => run.runtime)] });
for (const name of new Set(runs.flatMap((run) => run.figures.map((figure) => figure.name)))) {
  others.push([name, ...runs.map((run) => figureText(run.figures.find((figure) => figure.name === name)))]);
}
console.log(others.toString());

if (flags.length > 0) {
  console.log("A short run: its figures mean nothing, so no goal is judged");
} else {
  const goals: Goal[] = JSON.parse(readFileSync(join(folder, "goals.json"), "utf8"));
  const verdicts = judge(goals, runs);
  const table = new Table({ ...STYLE, head: ["goal", "wanted", "found", ""] });
  for (const verdict of verdicts) {
    table.push([verdict.goal, verdict.wanted, verdict.found, verdict.met ? "met" : "SHORT"]);
  }
  console.log(table.toString());
  const short = verdicts.filter((verdict) => !verdict.met).length;
  console.log(`${verdicts.length - short} of ${verdicts.length} goals met`);
}

const report = join(folder, "../report");
if (!existsSync(report)) mkdirSync(report);
const picture = join(report, "bench.svg");
writeFileSync(
  picture,
  chartSvg(
    "Nanoseconds a call, median",
    names.map((name) => ({
      name,
      bars: runs.flatMap((run) =>
        run.results.filter((r) => r.name === name).map((r) => ({
          label: run.runtime === "c" ? r.by : `${r.by}, ${run.runtime}`,
          value: r.nanoseconds,
        }))
      ),
    })),
  ),
);
console.log(`Drawn in ${picture}`);
