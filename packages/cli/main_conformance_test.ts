import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterAll, describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { loadAvutil } from "@mediamem/ffi-avutil";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { assertUsage, COMMAND, environment, MAIN, makeFolder, mediamem, NOWHERE } from "./spawn_test.ts";

const folder = makeFolder();

afterAll(folder.remove);

/** Why nothing can be run on the whole grids; null where it can. */
function missingLibrary(): string | null {
  try {
    loadAvutil()[Symbol.dispose]();
    return null;
  } catch (error) {
    if (!(error instanceof MediaError && error.code === "LIBRARY_MISSING")) throw error;
    return "libavutil is missing";
  }
}

describe("mediamem conformance", () => {
  const runtime = process.versions.bun === undefined ? "deno" : "bun";
  const few = ["conformance", "--runtime", runtime, "--case", "image/linesize:format=nv12", "--report"];

  it("compares, prints the outcome and leaves the reports", () => {
    const report = join(folder.path, "report");
    const { code, out, err } = mediamem([...few, report]);
    assertEquals(code, 0, err);
    assertMatch(out, /^core-ts .* agree on .*: [\d,]+ comparisons, 0 different/m);
    assertMatch(err, new RegExp(`^${runtime}: 100% of \\d+ cases, 0 different$`, "m"));
    for (const file of ["index.html", "report.json", "junit.xml", "matrix.md"]) {
      assert(existsSync(join(report, file)), file);
      assertStringIncludes(err, join(report, file));
    }
  });

  it("prints JSON and nothing else where it is asked to", () => {
    const { code, out, err } = mediamem([...few, join(folder.path, "json"), "--json", "-"]);
    assertEquals(code, 0, err);
    assertEquals(JSON.parse(out), JSON.parse(readFileSync(join(folder.path, "json/report.json"), "utf8")));
    assertStringIncludes(err, " agree on ");
  });

  it("compares with recorded answers, and says so", () => {
    const { code, out, err } = mediamem([
      ...few,
      join(folder.path, "recorded"),
      "--backend",
      "recorded:avutil-57",
    ]);
    assertEquals(code, 0, err);
    assertMatch(out, /libavutil 57[\d.]+ \(recorded\) agree/);
  });

  it("does not let recorded answers stand in for a library that was named and does not open", () => {
    const { code, out, err } = mediamem([...few, join(folder.path, "named")], NOWHERE);
    assertEquals([code, out], [1, ""]);
    assertStringIncludes(err, "MEDIAMEM_LIBAVUTIL names /nowhere/libavutil.so.60");
    assert(!/\n\s+at /.test(err), err);
  });

  it("says which file of the report could not be written", () => {
    const report = join(folder.path, "taken");
    mkdirSync(join(report, "index.html"), { recursive: true });
    const { code, err } = mediamem([...few, report]);
    assertEquals(code, 1);
    assertMatch(err, /^mediamem: Cannot write the report: .*index\.html/m);
    assert(!/\n\s+at /.test(err), err);
  });

  it("puts the reports of shards together", () => {
    const shards = ["1/2", "2/2"].map((shard, i) => {
      const report = join(folder.path, `shard${i}`);
      const { code, err } = mediamem([...few, report, "--shard", shard]);
      assertEquals(code, 0, err);
      return join(report, "report.json");
    });
    const merged = mediamem(["merge", ...shards, "--report", join(folder.path, "merged")]);
    assertEquals(merged.code, 0, merged.err);
    assertMatch(merged.out, / agree on /);
    const half = mediamem(["merge", shards[0]!, "--report", join(folder.path, "half")]);
    assertEquals(half.code, 1);
    assertStringIncludes(half.out, "Shard 2/2 is missing");
  });

  it("names usage errors before it runs", () => {
    const conformance = (
      ...args: string[]
    ) => ["conformance", "--report", join(folder.path, "unused"), ...args];
    assertUsage(conformance("--area", "sound"), "sound");
    assertUsage(conformance("--backend", "gst"), "Cannot compare with gst");
    assertUsage(conformance("--runtime", "node"), "Allowed choices are deno, bun, both");
    assertUsage(conformance("--seed", "x"), "Cannot use --seed");
    assertUsage(conformance("--shard", "3/2"), "wanted 1/2 to 2/2");
    assertUsage(conformance("--runtime", runtime, "--case", "image/linesize:nonsense=1"), "nonsense");
    assertUsage(["conformance", "--report", join(MAIN, "report")], "Cannot make the folder");
    assertUsage(conformance("--json", folder.path), "it is a folder, wanted a file");
    assertUsage(["merge"], "Missing required argument 'file'");
  });

  it("names a report that cannot be read", () => {
    const { code, err } = mediamem([
      "merge",
      join(folder.path, "nothing.json"),
      "--report",
      join(folder.path, "unused"),
    ]);
    assertEquals(code, 1);
    assertMatch(err, /^mediamem: Cannot read .*nothing\.json: /);
    assert(!/\n\s+at /.test(err), err);
  });

  // The whole grids take long enough to be interrupted; a recording does not hold them.
  itUnless(missingLibrary())("ends cleanly on Ctrl-C", async () => {
    const args = [
      "conformance",
      "--runtime",
      runtime,
      "--full",
      "--report",
      join(folder.path, "interrupted"),
    ];
    const child = spawn(process.execPath, [...COMMAND, ...args], { env: environment({}) });
    let [out, err] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (part) => out += part);
    child.stderr.setEncoding("utf8").on("data", (part) => {
      err += part;
      child.kill("SIGINT");
    });
    // Deno tells its parent's Node layer that 130 was the signal that a shell means by it.
    const ending = await new Promise((resolve) =>
      child.on("close", (code, signal) => resolve(code ?? signal))
    );
    assertEquals(ending, process.versions.bun === undefined ? "SIGINT" : 130);
    assertEquals(out, "");
    for (const line of err.split("\n")) {
      assertMatch(line, /^(|(deno|bun)( avutil| avformat)?: \d+% of \d+ cases, \d+ different)$/);
    }
  });
});
