import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { loadAvformat } from "@mediamem/ffi-avformat";
import { loadAvutil } from "@mediamem/ffi-avutil";
import type { Run } from "./judge.ts";

/** An area that is measured: `<name>.bench.ts` on both runtimes, `native/<name>.c` in C. */
interface Area {
  readonly name: string;
  /** The library files that the loops in C are linked with; throws where they are missing. */
  readonly libraries: () => string[];
}

const AREAS: readonly Area[] = [
  { name: "alignment", libraries: avutil },
  { name: "buffers", libraries: avutil },
  { name: "image", libraries: avutil },
  { name: "io", libraries: avformat },
  { name: "memory", libraries: () => [] },
];

const folder = fileURLToPath(new URL(".", import.meta.url));

/** The very library file that FFI calls. */
function avutil(): string[] {
  using backend = loadAvutil();
  return [backend.library.path!];
}

/** The same of libavformat. */
function avformat(): string[] {
  using backend = loadAvformat();
  return [backend.library.path!];
}

/** Runs the benches of all areas on both runtimes and in C; gives one run for each that could be made. */
export function runAreas(flags: readonly string[]): Run[] {
  const compiler = process.env.CC ?? "cc";
  const compiles = spawnSync(compiler, ["--version"]).status === 0;
  if (!compiles) console.error(`No C baseline: the compiler ${compiler} does not run`);
  return mergeRuns(AREAS.flatMap((area) => {
    const bench = join(folder, `${area.name}.bench.ts`);
    const runs = [
      runJson(process.env.MEDIAMEM_BUN ?? "bun", [bench, ...flags]),
      runJson(process.env.MEDIAMEM_DENO ?? "deno", ["run", "-A", "--quiet", bench, ...flags]),
    ];
    return compiles ? [...runs, ...runC(compiler, area, flags)] : runs;
  }));
}

/** Makes the runs of one runtime, each of another area, one run. */
export function mergeRuns(runs: readonly Run[]): Run[] {
  return [...new Set(runs.map((run) => run.runtime))].map((runtime) => {
    const own = runs.filter((run) => run.runtime === runtime);
    return {
      runtime,
      results: own.flatMap((run) => run.results),
      figures: own.flatMap((run) => run.figures),
    };
  });
}

/** Runs a program that prints a line of JSON. */
function runJson(command: string, args: readonly string[]): Run {
  return JSON.parse(execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }));
}

/** The loops of an area in C; none where there is no library. */
function runC(compiler: string, area: Area, flags: readonly string[]): Run[] {
  let libraries: string[];
  try {
    libraries = area.libraries();
  } catch (error) {
    console.error(`No C baseline of ${area.name}: ${error instanceof Error ? error.message : error}`);
    return [];
  }
  const build = mkdtempSync(join(tmpdir(), "mediamem-bench-"));
  try {
    const binary = join(build, area.name);
    const source = join(folder, "native", `${area.name}.c`);
    execFileSync(compiler, ["-O2", "-o", binary, source, ...libraries], { stdio: "inherit" });
    return [runJson(binary, flags)];
  } finally {
    rmSync(build, { recursive: true });
  }
}
