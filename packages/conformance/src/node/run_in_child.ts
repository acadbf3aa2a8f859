import { spawn } from "node:child_process";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Progress } from "../compare_areas.ts";
import { ConformanceError } from "../conformance_error.ts";
import { REPORT_VERSION, type RunReport } from "../reports/run_report.ts";
import { DEFAULT_SEED } from "../selection.ts";
import { type ChildMessage, parseChildMessage } from "./child_message.ts";
import type { RunOptions } from "./run_here.ts";
import type { RuntimeName } from "./runtimes.ts";

const MAIN: string = fileURLToPath(new URL("./child_main.ts", import.meta.url));

const ARGUMENTS: Readonly<Record<RuntimeName, readonly string[]>> = {
  deno: ["run", "--quiet", "-A"],
  bun: ["run"],
};

/** How many of the last lines that a child printed stand in the report of its crash. */
const LAST_LINES = 20;

/** A run in a process of its own. */
export interface ChildRun extends Disposable {
  /** Resolves whatever becomes of the process: a crash is a failure of the report. Rejects only where the child refused to run. */
  readonly report: Promise<RunReport>;
}

/**
 * Starts a run on another runtime. Disposing it ends the process.
 *
 * @param runtime The runtime.
 * @param executable Its executable.
 * @param options What to run.
 * @param onProgress Called as the child says how far it is.
 * @param main The program to run, for tests.
 */
export function runInChild(
  runtime: RuntimeName,
  executable: string,
  options: RunOptions,
  onProgress?: (progress: Progress) => void,
  main: string = MAIN,
): ChildRun {
  const child = spawn(executable, [...ARGUMENTS[runtime], main, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "pipe"],
    // What it prints when it crashes goes into reports, where the codes of colours would be noise.
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  const end = (): void => void child.kill("SIGKILL");
  process.once("exit", end);

  let started: RunReport["runtime"] = { name: runtime, version: "" };
  let outcome: (ChildMessage & { kind: "report" | "refused" }) | null = null;
  const printed: string[] = [];
  const keep = (line: string): void => {
    if (printed.push(line) > LAST_LINES) printed.shift();
  };
  const out = createInterface({ input: child.stdout });
  const err = createInterface({ input: child.stderr });
  err.on("line", keep);
  out.on("line", (line) => {
    const message = parseChildMessage(line);
    if (message === null) keep(line);
    else if (message.kind === "progress") onProgress?.(message.progress);
    else if (message.kind === "started") started = message.runtime;
    else outcome = message;
  });
  const drained = [out, err].map((lines) => new Promise<void>((resolve) => lines.once("close", resolve)));

  const report = new Promise<RunReport>((resolve, reject) => {
    const fail = (reason: string): void =>
      resolve(failedReport(started, options, [reason, ...printed].join("\n")));
    child.once("error", (error) => fail(`${executable} could not be started: ${error.message}`));
    child.once("close", async (code, signal) => {
      process.removeListener("exit", end);
      await Promise.all(drained);
      const how = signal === null ? `ended with the exit code ${code}` : `was ended by ${signal}`;
      if (outcome?.kind === "refused") reject(new ConformanceError(outcome.code, outcome.message));
      else if (outcome?.kind === "report" && code === 0) resolve(outcome.report);
      else fail(`${runtime} ${how} ${outcome === null ? "before its report" : "after its report"}`);
    });
  });
  return { report, [Symbol.dispose]: end };
}

function failedReport(runtime: RunReport["runtime"], options: RunOptions, failure: string): RunReport {
  const { areas = [], scope = "default", seed = DEFAULT_SEED, shard = null, caseId = null } = options;
  return {
    version: REPORT_VERSION,
    runtime,
    ours: null,
    library: null,
    selection: { areas, scope, seed, shard, cases: caseId },
    tests: [],
    differences: [],
    cases: [],
    known: [],
    pictures: [],
    notices: [],
    failures: [failure],
  };
}
