import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Progress } from "../compare_areas.ts";
import { ConformanceError } from "../conformance_error.ts";
import type { RunReport } from "../reports/run_report.ts";
import { tinyReport } from "../tiny_report.ts";
import { runInChild } from "./run_in_child.ts";
import { thisRuntime } from "./runtimes.ts";

const STARTED = JSON.stringify({ kind: "started", runtime: { name: "Tiny", version: "1.0" } });

/** Runs a program in the place of the child's. */
async function runProgram(
  program: string,
  onProgress?: (progress: Progress) => void,
  executable: string = process.execPath,
): Promise<RunReport> {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-child-"));
  try {
    const main = join(folder, "main.ts");
    writeFileSync(main, `import process from "node:process";\n${program}`);
    using child = runInChild(thisRuntime(), executable, { seed: 5, areas: ["tiny"] }, onProgress, main);
    return await child.report;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const print = (...lines: string[]): string =>
  `process.stdout.write(${JSON.stringify(lines.map((line) => `${line}\n`).join(""))});\n`;

describe("runInChild()", () => {
  it("hands on the progress and the report, and does not mind what else is printed", async () => {
    const report = await tinyReport();
    const progress = { done: 3, total: 4, different: 0, test: "tiny/x" };
    const seen: Progress[] = [];
    const program = print(
      "hello",
      '{"kind":broken',
      STARTED,
      JSON.stringify({ kind: "progress", progress }),
      JSON.stringify({ kind: "report", report: { ...report, notices: ["x".repeat(1_000_000)] } }),
    );
    const received = await runProgram(program, (each) => seen.push(each));
    assertEquals(received, { ...report, notices: ["x".repeat(1_000_000)] });
    assertEquals(seen, [progress]);
  });

  it("keeps colours out of what a crash printed", async () => {
    const before = process.env.NO_COLOR;
    delete process.env.NO_COLOR;
    try {
      const { failures } = await runProgram('throw new TypeError("planted");');
      assertStringIncludes(failures[0]!, "planted");
      assertEquals(failures[0]!.includes("\u001b"), false, failures[0]);
    } finally {
      if (before !== undefined) process.env.NO_COLOR = before;
    }
  });

  it("hands over the options", async () => {
    const report = await tinyReport();
    const program = `const options = JSON.parse(process.argv[2]!);
      const report = { ...${JSON.stringify(report)}, notices: [JSON.stringify(options)] };
      process.stdout.write(JSON.stringify({ kind: "report", report }) + "\\n");`;
    assertEquals((await runProgram(program)).notices, ['{"seed":5,"areas":["tiny"]}']);
  });

  it("makes a crash a failure, with what was printed last", async () => {
    const { runtime, selection, failures, tests } = await runProgram(
      `${
        print(STARTED, "the last words")
      }process.kill(process.pid, "SIGKILL"); await new Promise(() => setInterval(() => {}, 1000));`,
    );
    assertEquals(runtime, { name: "Tiny", version: "1.0" });
    assertEquals(selection, { areas: ["tiny"], scope: "default", seed: 5, shard: null, cases: null });
    assertEquals(tests, []);
    assertEquals(failures.length, 1);
    assertStringIncludes(failures[0]!, "was ended by SIGKILL before its report\nthe last words");
  });

  it("makes a thrown error, a silent end and an end with another exit code failures", async () => {
    const thrown = await runProgram(`${print(STARTED)}throw new RangeError("It broke");`);
    assertStringIncludes(thrown.failures[0]!, "ended with the exit code 1 before its report");
    assertStringIncludes(thrown.failures[0]!, "It broke");
    const silent = await runProgram(print(STARTED));
    assertStringIncludes(silent.failures[0]!, "ended with the exit code 0 before its report");
    const late = await runProgram(
      `${print(JSON.stringify({ kind: "report", report: await tinyReport() }))}process.exitCode = 3;`,
    );
    assertStringIncludes(late.failures[0]!, "ended with the exit code 3 after its report");
  });

  it("makes a runtime that does not start a failure", async () => {
    const { failures } = await runProgram("", undefined, "/nonexistent/runtime");
    assertStringIncludes(failures[0]!, "/nonexistent/runtime could not be started");
  });

  it("refuses as the child refuses", async () => {
    const refused = print(
      JSON.stringify({ kind: "refused", code: "RECORDING_STALE", message: "Cannot use it" }),
    );
    const error = await assertRejects(() => runProgram(refused), ConformanceError, "Cannot use it");
    assertEquals(error.code, "RECORDING_STALE");
  });
});
