import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { Progress } from "../compare_areas.ts";
import { ConformanceError } from "../conformance_error.ts";
import { totalsOf } from "../reports/run_report.ts";
import { runConformance } from "./run_conformance.ts";
import { findRuntime, RUNTIMES, thisRuntime } from "./runtimes.ts";

const RECORDED = { backend: "recorded:avutil-57", caseId: "image/checkSize" };

describe("runConformance()", () => {
  it("runs both runtimes, and says how far each is", async () => {
    const seen = new Map<string, Progress>();
    const { reports, exitCode } = await runConformance({
      ...RECORDED,
      onProgress: (runtime, progress) => seen.set(runtime, progress),
    });
    assertEquals(exitCode, 0);
    assertEquals(reports.map(({ runtime }) => runtime.name.toLowerCase()), [...RUNTIMES]);
    assertEquals([...seen.keys()].sort(), ["bun", "deno"]);
    for (const { done, total } of seen.values()) {
      assert(done === total && total > 1000, `${done} of ${total}`);
    }
    const [deno, bun] = reports.map(({ tests }) => totalsOf(tests));
    assertEquals({ ...deno, milliseconds: 0 }, { ...bun, milliseconds: 0 });
    assertEquals(deno!.equal, deno!.comparisons);
  });

  it("runs one runtime, whichever this is", async () => {
    for (const runtime of RUNTIMES) {
      const { reports } = await runConformance({ ...RECORDED, runtime, shard: { index: 2, count: 3 } });
      assertEquals(reports.map((report) => report.runtime.name.toLowerCase()), [runtime]);
      assertEquals(reports[0]!.selection, {
        areas: ["image"],
        scope: "default",
        seed: 1,
        shard: { index: 2, count: 3 },
        cases: "image/checkSize",
      });
    }
  });

  it("refuses what cannot be run, on this runtime and on the other", async () => {
    for (const runtime of RUNTIMES) {
      const run = (options: object): Promise<unknown> => runConformance({ ...RECORDED, runtime, ...options });
      const codes = [];
      for (
        const options of [
          { areas: ["sound"] },
          { areas: ["io"], caseId: "io/get" },
          { backend: "gst" },
          { caseId: "image/none" },
          { caseId: "image/checkSize:depth=1" },
          { scope: "full" },
          { seed: 2 },
        ]
      ) codes.push((await assertRejects(() => run(options), ConformanceError)).code);
      assertEquals(codes, Array(7).fill("USAGE"));
    }
  });

  it("compares each area with its library, one report for each", async () => {
    const seen = new Set<string>();
    const { reports } = await runConformance({
      areas: ["io", "image"],
      runtime: thisRuntime(),
      shard: { index: 1, count: 500 },
      onProgress: (run) => seen.add(run),
    });
    assertEquals(reports.map(({ library, selection }) => [library!.library.name, selection.areas]), [
      ["libavutil", ["image"]],
      ["libavformat", ["io"]],
    ]);
    assertEquals([...seen], [`${thisRuntime()} avutil`, `${thisRuntime()} avformat`]);
  });

  it("names the runtime that is missing", async () => {
    const other = RUNTIMES.find((name) => name !== thisRuntime())!;
    const variable = `MEDIAMEM_${other.toUpperCase()}`;
    const before = process.env[variable];
    process.env[variable] = "/nonexistent/runtime";
    try {
      const error = await assertRejects(() => runConformance(RECORDED), ConformanceError, `on ${other}`);
      assertEquals(error.code, "RUNTIME_MISSING");
    } finally {
      if (before === undefined) delete process.env[variable];
      else process.env[variable] = before;
    }
  });

  it("runs from any folder", async () => {
    const other = RUNTIMES.find((name) => name !== thisRuntime())!;
    const executable = findRuntime(other);
    const folder = mkdtempSync(join(tmpdir(), "mediamem-elsewhere-"));
    const before = process.cwd();
    const variable = `MEDIAMEM_${other.toUpperCase()}`;
    const named = process.env[variable];
    process.env[variable] = executable;
    process.chdir(folder);
    try {
      assertEquals((await runConformance({ ...RECORDED, runtime: other })).exitCode, 0);
    } finally {
      process.chdir(before);
      if (named === undefined) delete process.env[variable];
      else process.env[variable] = named;
      rmSync(folder, { recursive: true });
    }
  });
});
