/**
 * Runs the benches on both runtimes and the same loops in C, prints every figure and how it stands to the goals.
 *
 * Run: `scripts/bench [--quick]`. Exit code 0 also where a goal is missed: a busy machine is no defect.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import Table from "cli-table3";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { chartSvg } from "@mediamem/drawing";
import { type Goal, judge, type Run } from "./judge.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const flags = process.argv.includes("--quick") ? ["--quick"] : [];

/** Runs a program that prints a line of JSON. */
function runJson(command: string, args: readonly string[]): Run {
  return JSON.parse(execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

/** The loops in C, against the very library file that FFI calls; null where there is no compiler or no library. */
function runC(): Run | null {
  const compiler = process.env.CC ?? "cc";
  if (spawnSync(compiler, ["--version"]).status !== 0) {
    console.error(`No C baseline: the compiler ${compiler} does not run`);
    return null;
  }
  let library: string;
  try {
    using backend = loadAvutil();
    library = backend.library.path!;
  } catch (error) {
    console.error(`No C baseline: ${error instanceof Error ? error.message : error}`);
    return null;
  }
  const binary = join(mkdtempSync(join(tmpdir(), "mediamem-bench-")), "image");
  execFileSync(compiler, ["-O2", "-o", binary, join(folder, "native/image.c"), library], {
    stdio: "inherit",
  });
  return runJson(binary, flags);
}

/** No colours, and no lines between the rows. */
const STYLE = {
  style: { head: [], border: [] },
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
};

function nanoseconds(value: number | undefined): string {
  if (value === undefined) return "";
  return value >= 10_000 ? `${(value / 1000).toFixed(0)} us` : `${value.toFixed(value < 100 ? 1 : 0)} ns`;
}

const bench = join(folder, "image.bench.ts");
const runs: Run[] = [
  runJson(process.env.MEDIAMEM_BUN ?? "bun", [bench, ...flags]),
  runJson(process.env.MEDIAMEM_DENO ?? "deno", ["run", "-A", "--quiet", bench, ...flags]),
];
const c = runC();
if (c !== null) runs.push(c);

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
