import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { itUnless } from "@mediamem/testing";
import {
  assertUsage,
  COMMAND,
  environment,
  makeFolder,
  mediamem,
  NOWHERE,
  type Result,
} from "./spawn_test.ts";

const folder = makeFolder();
const MISTAKES = join(folder.path, "mistakes.txt");
const POOL = join(folder.path, "pool.txt");

writeFileSync(
  MISTAKES,
  "# on purpose\nmalloc frame 100\nmalloc packet1 2000\nwrite frame 100 4\nfree frame\nfree packet1\nfree packet1\n",
);
writeFileSync(POOL, "get a decoder\nget b filter\nrelease a\nresize 98x50\nget c encoder\nrelease b\n");

afterAll(folder.remove);

/** Runs the program with something on its standard input. */
function withInput(input: string, args: readonly string[]): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    encoding: "utf8",
    env: environment({}),
    cwd: tmpdir(),
    input,
  });
  return { code: status, out: stdout, err: stderr };
}

describe("mediamem heap", () => {
  it("replays a trace, reports its failures, what was never freed, and draws the heap", () => {
    const { code, out, err } = mediamem(["heap", "--trace", MISTAKES, "--checked"]);
    assertEquals(code, 1);
    assertMatch(err, /mistakes\.txt:5: free frame: .*was overrun: .*\(CORRUPTED\)\n/);
    assertMatch(err, /mistakes\.txt:7: free packet1: .*is free already.*\(DOUBLE_FREE\)\n/);
    assertMatch(err, /^check: The block of 100 bytes at \d+ was overrun/m);
    assertMatch(out, /^ {2}operations +6\n {2}failures +2\n {2}live +1 block\n {2}in use +100 bytes$/m);
    assertMatch(out, /^ {2}check +1 violation$/m);
    assertMatch(
      out,
      /^Never freed {2}1 block, 100 bytes\nname +blocks +bytes +largest +from line\nframe +1 +100 +100 +2$/m,
    );
    assertMatch(out, /^Heap\n\d+ [=# o]+$/m);
    assert(!/[^\n -~]/.test(out), "ASCII only where there is no colour");
  });

  it("ends with 0 where nothing failed, also with leaks", () => {
    const { code, out, err } = mediamem(["heap", "--random", "300", "--checked"]);
    assertEquals([code, err], [0, ""]);
    assertStringIncludes(out, "Never freed");
    assertMatch(out, /check +clean/);
    const freed = withInput("malloc a 1\nfree a\n", ["heap", "--trace", "-"]);
    assertEquals([freed.code, freed.err], [0, ""]);
    assertStringIncludes(freed.out, "Everything was freed");
  });

  it("stops at the first failure where it is told to", () => {
    const { code, out } = mediamem(["heap", "--trace", MISTAKES, "--checked", "--strict", "--json"]);
    const report = JSON.parse(out);
    assertEquals([code, report.operations, report.failures.codes], [1, 4, { CORRUPTED: 1 }]);
  });

  it("prints JSON of exactly this shape", () => {
    const { code, out } = withInput("malloc a1 100\nmalloc a2 50\n", ["heap", "--trace", "-", "--json"]);
    assertEquals(code, 0);
    assertEquals(JSON.parse(out), {
      trace: "standard input",
      operations: 2,
      stats: {
        live: 2,
        bytes: 150,
        peak: 150,
        total: 54016,
        free: 53760,
        largestFree: 53744,
        quarantined: 0,
        fragmentation: 0,
      },
      violations: [],
      failures: { count: 0, codes: {}, first: [] },
      leaks: { count: 2, bytes: 150, groups: [{ name: "a#", count: 2, bytes: 150, largest: 100, line: 1 }] },
    });
  });

  it("leaves a random trace as a file that comes to the same heap", () => {
    const file = join(folder.path, "random.txt");
    const json = (args: readonly string[]) => JSON.parse(mediamem(["heap", "--json", ...args]).out);
    const { trace: _first, ...random } = json([
      "--random",
      "2000",
      "--seed",
      "7",
      "--live",
      "90",
      "--write-trace",
      file,
    ]);
    const { trace, ...replayed } = json(["--trace", file]);
    assertEquals(replayed, random);
    assertEquals([trace, readFileSync(file, "utf8").split("\n").length], [file, 2001]);
  });

  it("draws to a file, and to standard output", () => {
    const file = join(folder.path, "heap.svg");
    const args = ["heap", "--random", "500", "--at", "250", "--svg"];
    const { code, err } = mediamem([...args, file]);
    assertEquals([code, err], [0, `Wrote ${file}\n`]);
    const svg = readFileSync(file, "utf8");
    assertMatch(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assertStringIncludes(svg, "after operation 250 of 500");
    assertEquals(mediamem([...args, "-"]), { code: 0, out: svg, err: "" });
  });

  it("draws with blocks and colour where a terminal has both, and keeps to its width", () => {
    const utf8 = { FORCE_COLOR: "1", LC_ALL: "C.UTF-8" };
    assertMatch(mediamem(["heap", "--random", "300"], utf8).out, /█/);
    assert(!mediamem(["heap", "--random", "300"], { ...utf8, LC_ALL: "C" }).out.includes("█"));
    assert(!mediamem(["heap", "--random", "300"], { ...utf8, NO_COLOR: "1" }).out.includes("\u001b["));
    for (const COLUMNS of ["100", "60", "40"]) {
      const { out } = mediamem(["heap", "--trace", MISTAKES, "--checked"], { COLUMNS });
      const wide = out.split("\n").slice(1).filter((line) => line.length > Number(COLUMNS));
      assertEquals(wide, []);
    }
  });

  it("names the line of a trace that it cannot read", () => {
    const bad = join(folder.path, "bad.txt");
    writeFileSync(bad, "malloc a 5\n\nmallco b 5\n");
    assertUsage(
      ["heap", "--trace", bad],
      `Cannot replay ${bad}:3: the operation is "mallco"`,
      "Did you mean malloc",
    );
    assertUsage(["heap", "--trace", join(folder.path, "none")], "there is no such file");
    assertUsage(["heap", "--trace", folder.path], "it is a folder, wanted a file");
  });

  it("refuses flags that contradict each other or mean nothing", () => {
    const random = ["heap", "--random", "10"];
    assertUsage(["heap"], "found neither --trace nor --random", "See mediamem heap --help");
    assertUsage([...random, "--trace", "x"], "found both");
    assertUsage(["heap", "--trace", MISTAKES, "--seed", "1"], "--random, which it belongs to");
    assertUsage(["heap", "--trace", MISTAKES, "--write-trace", "x"], "--random, which it belongs to");
    assertUsage([...random, "--json", "--svg", "-"], "both want standard output");
    assertUsage([...random, "--write-trace", "-"], "wanted the name of a file");
    assertUsage(["heap", "--random", "many"], "wanted an integer from 0");
    assertUsage([...random, "--at", "11"], "wanted at most 10");
    assertUsage([...random, "--size", "2000", "--max", "1000"], "wanted at most 1000");
    assertUsage([...random, "--max", "1000"], "the storage has 1000 bytes");
    assertUsage([...random, "--alignment", "8"], "Allowed choices are 16, 32, 64");
    assertUsage([...random, "--limit=-1"], "wanted an integer");
    assertUsage(["heap", "--trace", MISTAKES, "--at", "99"], "ended after 6");
  });

  it("names what it cannot write before the run, and leaves nothing", () => {
    const missing = join(folder.path, "no/such.svg");
    assertUsage(
      ["heap", "--random", "10", "--svg", missing],
      `the folder ${join(folder.path, "no")} does not exist`,
    );
    assertUsage(["heap", "--random", "10", "--write-trace", missing], "does not exist");
    mkdirSync(join(folder.path, "taken.svg"));
    assertUsage(
      ["heap", "--random", "10", "--svg", join(folder.path, "taken.svg")],
      "it is a folder, wanted a file",
    );
    assertUsage(["heap", "--random", "10", "--svg", join(MISTAKES, "x.svg")], "is not a folder");
    for (const flag of ["--svg", "--write-trace"]) {
      assertUsage(
        ["heap", "--random", "10", flag, ""],
        'Cannot write "": it is empty, wanted the name of a file',
      );
    }
    assertUsage(["heap", "--trace", ""], 'Cannot read "": ');
    const file = join(folder.path, "never.svg");
    assertUsage(["heap", "--trace", join(folder.path, "none"), "--svg", file], "there is no such file");
    assert(!existsSync(file));
  });

  itUnless(existsSync("/dev/full") ? null : "this system has no /dev/full")("names a full disk", () => {
    assertUsage(["heap", "--random", "100", "--write-trace", "/dev/full"], "Cannot write /dev/full: ");
  });

  it("ends quietly when its reader leaves", () => {
    const script = '{ "$@" heap --random 20000 --svg -; echo "code $?" >&2; } | head -c 1';
    const { stdout, stderr } = spawnSync("sh", ["-c", script, "sh", process.execPath, ...COMMAND], {
      encoding: "utf8",
      env: environment({}),
    });
    assertEquals([stdout, stderr], ["<", "code 0\n"]);
  });

  it("takes a trace of a million operations, with a picture below 1 MB", () => {
    const file = join(folder.path, "million.svg");
    const { code, out } = mediamem(["heap", "--random", "1000000", "--live", "100000", "--svg", file]);
    assertEquals(code, 0);
    assertMatch(out, /operations +1,000,000\n +failures +0\n/);
    assert(statSync(file).size < 1_000_000);
  });
});

describe("mediamem pool", () => {
  it("shows the life of a pool, and who has its buffers still", () => {
    const { code, out, err } = mediamem(["pool", "--trace", POOL, "--size", "99x51", "--high-water", "2"]);
    assertEquals(code, 0);
    assertMatch(err, /^warning: .*pool\.txt:2: 2 .*buffers are out.*decoder.*\n$/);
    assertMatch(
      out,
      /pool\.txt {2}6 operations, 0 failures, core-ts\nstep +operation +out +idle +hits +misses +freed +bytes\n/,
    );
    assertMatch(out, /^ +4 +resize 98x50 +1 +0 +0 +2 +1 +\d+,\d+$/m);
    assertMatch(out, /^yuv420p 99x51 +\d+,\d+ +0 +2 +0 +0 +2 +2 +2$/m);
    assertMatch(out, /^Never given back {2}1 buffer\nholder +buffers +from line\nencoder +1 +5$/m);
  });

  it("takes the bytes of a frame from its layout", () => {
    const layout = JSON.parse(mediamem(["layout", "nv12", "99x51", "--rules", "ffmpegFrame", "--json"]).out);
    const flags = ["--format", "nv12", "--size", "99x51", "--json"];
    const { pools } = JSON.parse(mediamem(["pool", "--random", "5", ...flags]).out);
    assertEquals(pools[0].size, layout.size);
  });

  it("prints JSON, with failures, and ends with 1 where there are any", () => {
    const { code, out, err } = withInput("get a\nget b\nrelease a\nrelease a\n", [
      ...["pool", "--trace", "-", "--bytes", "64", "--max", "1", "--json"],
    ]);
    const report = JSON.parse(out);
    assertEquals(code, 1);
    assertMatch(
      err,
      /standard input:2: get b: .*\(EAGAIN\)\nstandard input:4: release a: .*\(DOUBLE_FREE\)\n/,
    );
    assertEquals(Object.keys(report), [
      ...["trace", "backend", "operations", "pools", "failures", "warnings", "holders", "steps"],
    ]);
    assertEquals(report.failures.codes, { EAGAIN: 1, DOUBLE_FREE: 1 });
    assertEquals(report.pools, [{
      label: "64 bytes",
      size: 64,
      stats: { hits: 0, misses: 1, out: 0, idle: 1, returned: 1, freed: 0, peak: 1 },
    }]);
    assertEquals(report.holders, []);
  });

  it("draws to a file, and to standard output", () => {
    const file = join(folder.path, "pool.svg");
    const args = ["pool", "--trace", POOL, "--size", "99x51", "--svg"];
    const { code, err } = mediamem([...args, file]);
    assertEquals([code, err], [0, `Wrote ${file}\n`]);
    const svg = readFileSync(file, "utf8");
    for (const part of ["yuv420p 99x51", "decoder", "resize 98x50"]) assertStringIncludes(svg, part);
    assertEquals(mediamem([...args, "-"]), { code: 0, out: svg, err: "" });
  });

  it("compares all backends, and goes on without one that is missing", () => {
    const all = ["pool", "--random", "300", "--bytes", "64", "--backend", "all", "--json"];
    const { code, out, err } = mediamem(all);
    assertEquals(code, 0, err);
    const [core, avutil] = JSON.parse(out);
    assertEquals(core.backend, "core-ts");
    if (avutil !== undefined) assertStringIncludes(err, "Not compared: hits, misses, idle, freed");
    const alone = mediamem(all, NOWHERE);
    assertEquals([alone.code, JSON.parse(alone.out).length], [0, 1]);
    assertMatch(alone.err, /^avutil: .*LIBRARY_MISSING\)\n$/);
    assertEquals(mediamem(["pool", "--random", "3", "--backend", "avutil"], NOWHERE).code, 1);
    assertUsage(["pool", "--trace", "-", "--backend", "all"], "standard input can be read once");
  });

  it("leaves a random trace as a file that comes to the same", () => {
    const file = join(folder.path, "random_pool.txt");
    const json = (args: readonly string[]) =>
      JSON.parse(mediamem(["pool", "--size", "99x51", "--json", ...args]).out);
    const random = json(["--random", "900", "--seed", "7", "--write-trace", file]);
    assertEquals(json(["--trace", file]).pools, random.pools);
  });

  it("keeps to the width of a narrow terminal", () => {
    for (const COLUMNS of ["80", "50", "34"]) {
      const { out } = mediamem(["pool", "--random", "900", "--size", "99x51"], { COLUMNS });
      assertEquals(out.split("\n").slice(1).filter((line) => line.length > Number(COLUMNS)), []);
    }
  });

  it("refuses flags and sizes that mean nothing", () => {
    const random = ["pool", "--random", "10"];
    assertUsage(["pool"], "found neither --trace nor --random", "See mediamem pool --help");
    assertUsage([...random, "--bytes", "5", "--size", "3x3"], "found --format or --size too");
    assertUsage([...random, "--format", "yuv402p"], "Did you mean yuv420p");
    assertUsage([...random, "--size", "12"], "wanted WIDTHxHEIGHT");
    assertUsage([...random, "--size", "2147483647x2147483647"], "Cannot ");
    assertUsage([...random, "--max", "0"], "wanted an integer from 1");
    assertUsage([...random, "--preallocate", "9", "--max", "2"], "it is more than --max, wanted at most 2");
    assertUsage([...random, "--high-water", "x"], "wanted an integer");
    assertUsage([...random, "--backend", "gst"], "Allowed choices are core-ts, avutil, all");
    assertUsage([...random, "--svg", join(folder.path, "no/such.svg")], "does not exist");
    assertUsage(["pool", "--trace", MISTAKES], 'mistakes.txt:2: the operation is "malloc"');
    const huge = join(folder.path, "huge.txt");
    writeFileSync(huge, "get a\nresize 2147483647x2147483647\n");
    assertUsage(["pool", "--trace", huge], `Cannot replay ${huge}:2: `);
  });
});
