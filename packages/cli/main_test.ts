import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterAll, describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { itUnless } from "@mediamem/testing";
import { VERSION } from "./src/version.ts";
import { assertUsage, COMMAND, environment, MAIN, makeFolder, mediamem, NOWHERE } from "./spawn_test.ts";

const folder = makeFolder();

afterAll(folder.remove);

describe("mediamem", () => {
  it("prints help and version", () => {
    for (const args of [["--help"], ["-h"], ["help"]]) {
      const { code, out, err } = mediamem(args);
      assertEquals([code, err], [0, ""]);
      for (
        const part of [
          "doctor",
          "formats",
          "layout",
          "heap",
          "pool",
          "conformance",
          "Examples:",
          "Exit codes:",
        ]
      ) {
        assertStringIncludes(out, part);
      }
    }
    assertEquals(mediamem(["--version"]), { code: 0, out: `${VERSION}\n`, err: "" });
  });

  it("has help with examples for every command", () => {
    for (
      const command of ["doctor", "formats", "layout", "heap", "pool", "conformance", "merge", "self-test"]
    ) {
      const { code, out, err } = mediamem([command, "--help"]);
      assertEquals([code, err], [0, ""]);
      assertStringIncludes(out, `Usage: mediamem ${command}`);
      assertStringIncludes(out, `\n  mediamem ${command}`);
      assertEquals(mediamem(["help", command]).out, out);
    }
  });

  it("names usage errors in few lines and ends with code 2", () => {
    assertEquals(mediamem([]).code, 2);
    assertUsage(["frobnicate"], "Unknown command 'frobnicate'", "See mediamem --help");
    assertUsage(["layuot"], "Did you mean layout?");
    assertUsage(["--frob"], "Unknown option '--frob'");
    assertUsage(
      ["layout", "yuv420p", "1x1", "--alling", "1"],
      "Did you mean --align?",
      "See mediamem layout --help",
    );
    assertUsage(["layout"], "Missing required argument 'format'");
    assertUsage(["layout", "gray"], "Missing required argument 'size'");
    assertUsage(["doctor", "who"], "Too many arguments");
    assertUsage(["formats", "--json=1"], "--json");
  });

  itUnless(existsSync("/dev/full") ? null : "this system has no /dev/full")(
    "names what it cannot write, and keeps its exit code where nothing can be said",
    () => {
      const run = (redirection: string, ...args: string[]) => {
        const script = `"$@" ${redirection}`;
        const { status, stderr } = spawnSync("sh", [
          "-c",
          script,
          "sh",
          process.execPath,
          ...COMMAND,
          ...args,
        ], {
          encoding: "utf8",
          env: environment({}),
        });
        return [status, stderr] as const;
      };
      const [code, err] = run("> /dev/full", "layout", "gray", "1x1");
      assertEquals(code, 1);
      assertMatch(err, /^mediamem: Cannot write to standard output: .*no space left.*\n$/i);
      for (const nowhere of ["2> /dev/full", "2>&-"]) {
        assertEquals(run(nowhere, "layout", "nothing", "1x1"), [2, ""]);
      }
    },
  );

  it("ends quietly when its reader leaves", () => {
    // What is written is more than a pipe holds, so that the program is still writing when its reader is gone.
    const script = '{ "$@" formats --json; echo "code $?" >&2; } | head -c 1';
    const { stdout, stderr } = spawnSync("sh", ["-c", script, "sh", process.execPath, ...COMMAND], {
      encoding: "utf8",
      env: environment({}),
    });
    assertEquals([stdout, stderr], ["[", "code 0\n"]);
  });

  it("colours only where it is told to or a terminal watches", () => {
    const escape = "\u001b[";
    const size = ["layout", "gray", "3x3"];
    assert(!mediamem(size).out.includes(escape));
    assert(mediamem(size, { FORCE_COLOR: "1" }).out.includes(escape));
    assert(!mediamem(size, { FORCE_COLOR: "1", NO_COLOR: "1" }).out.includes(escape));
    assert(!mediamem(["--help"]).out.includes(escape));
    assert(!mediamem(["frob"], { NO_COLOR: "1" }).err.includes(escape));
  });
});

describe("mediamem doctor", () => {
  it("shows the runtime and every backend", () => {
    const { code, out } = mediamem(["doctor"]);
    assertEquals(code, 0);
    const { bun, deno } = process.versions;
    assertStringIncludes(out, bun === undefined ? `Deno ${deno}` : `Bun ${bun}`);
    assertMatch(out, /^core-ts +ok\n +core-ts \d+\.\d+\.\d+, \d{3} pixel formats/m);
    assertMatch(out, /^avutil +(ok\n +libavutil \d+\.\d+\.\d+|missing)/m);
  });

  it("says what is missing and what helps, and that is no failure", () => {
    const { code, out } = mediamem(["doctor"], NOWHERE);
    assertEquals(code, 0);
    for (const part of ["missing", "/nowhere/libavutil.so.60", "libavutil-dev", "MEDIAMEM_LIBAVUTIL"]) {
      assertStringIncludes(out, part);
    }
  });

  it("keeps to the width of the terminal, paths aside", () => {
    for (const line of mediamem(["doctor"], { ...NOWHERE, COLUMNS: "60" }).out.split("\n")) {
      assert(line.length <= 60 || !line.trim().includes(" "), line);
    }
  });

  it("fails where a library is broken", () => {
    const found = ["/lib/x86_64-linux-gnu/libc.so.6", "/lib/aarch64-linux-gnu/libc.so.6"].find((path) =>
      existsSync(path)
    );
    if (found === undefined) return;
    const { code, out } = mediamem(["doctor"], { MEDIAMEM_LIBAVUTIL: found });
    assertEquals(code, 1, out);
    assertMatch(out, /^avutil +broken/m);
  });
});

describe("mediamem formats", () => {
  it("lists every format", () => {
    const { code, out, err } = mediamem(["formats"]);
    assertEquals([code, err], [0, ""]);
    assertMatch(out, /^name +components +planes +bits +padded +chroma +flags +majors\n/);
    assertMatch(out, /^yuv420p +3 +3 +12 +12 +4:2:0 +planar +56-60$/m);
    assertMatch(out, /^pal8 +1 +1 +8 +8 +- +pal alpha +56-60$/m);
    assert(out.split("\n").length > 250);
  });

  it("drops columns on a narrow terminal, and never breaks a line", () => {
    for (const COLUMNS of ["100", "60", "40"]) {
      const { out } = mediamem(["formats"], { COLUMNS });
      for (const line of out.split("\n")) assert(line.length <= Number(COLUMNS), line);
      assertStringIncludes(out, "yuv420p");
    }
  });

  it("describes one format, by any of its names", () => {
    const { code, out } = mediamem(["formats", "gray8"]);
    assertEquals(code, 0);
    for (const part of ["gray\n", "gray8, y8", "component", "libavutil"]) assertStringIncludes(out, part);
    assertStringIncludes(mediamem(["formats", "p010"]).out, "p010be");
  });

  it("prints JSON", () => {
    const one = JSON.parse(mediamem(["formats", "nv12", "--json"]).out);
    assertEquals([one.name, one.planes, one.bitsPerPixel, one.log2ChromaW, one.log2ChromaH], [
      "nv12",
      2,
      12,
      1,
      1,
    ]);
    assertEquals(one.components, [
      { plane: 0, step: 1, offset: 0, shift: 0, depth: 8 },
      { plane: 1, step: 2, offset: 0, shift: 0, depth: 8 },
      { plane: 1, step: 2, offset: 1, shift: 0, depth: 8 },
    ]);
    assertEquals([one.gstreamer, one.webcodecs], ["NV12", "NV12"]);
    assertEquals(Object.keys(one.numbers), ["56", "57", "58", "59", "60"]);
    const all = JSON.parse(mediamem(["formats", "--json"]).out);
    assert(all.length > 250);
    assertEquals(all.find((format: { name: string }) => format.name === "nv12"), one);
  });

  it("suggests names for one that it does not know", () => {
    assertUsage(["formats", "yuv402p"], 'named "yuv402p"', "Did you mean yuv420p");
    assertUsage(["formats", "helicopter"], "`mediamem formats` lists them all");
    assertUsage(["formats", ""], 'named ""');
  });
});

describe("mediamem layout", () => {
  const YUV = {
    backend: "core-ts",
    format: "yuv420p",
    width: 300,
    height: 300,
    rules: "ffmpeg",
    align: 16,
    size: 139200,
    planes: [
      { plane: 0, offset: 0, linesize: 304, rowBytes: 300, rows: 300, extent: 91196 },
      { plane: 1, offset: 91200, linesize: 160, rowBytes: 150, rows: 150, extent: 23990 },
      { plane: 2, offset: 115200, linesize: 160, rowBytes: 150, rows: 150, extent: 23990 },
    ],
  };

  it("prints JSON of exactly this shape", () => {
    const { code, out, err } = mediamem(["layout", "yuv420p", "300x300", "--align", "16", "--json"]);
    assertEquals([code, err], [0, ""]);
    assertEquals(out, `${JSON.stringify(YUV, null, 2)}\n`);
  });

  it("prints a table for people", () => {
    const { code, out } = mediamem(["layout", "yuv420p", "99x51"]);
    assertEquals(code, 0);
    assertStringIncludes(out, "yuv420p 99x51  rules ffmpeg, align 1, 7649 bytes, core-ts\n");
    assertMatch(out, /^plane +offset +linesize +rowBytes +padding +rows +extent\n/m);
    assertMatch(out, /^ +1 +5049 +50 +50 +0 +26 +1300$/m);
  });

  it("has a default alignment for every rule set", () => {
    const defaults = { ffmpeg: 1, ffmpegFrame: 0, gstreamer: 4, webcodecs: 1, webgpu: 256 };
    for (const [rules, align] of Object.entries(defaults)) {
      const layout = JSON.parse(mediamem(["layout", "nv12", "99x51", "--rules", rules, "--json"]).out);
      assertEquals([layout.rules, layout.align], [rules, align]);
    }
  });

  it("compares all backends, and says where they differ or lack something", () => {
    const all = (...args: string[]) =>
      mediamem(["layout", "yuv420p", "99x51", "--backend", "all", "--json", ...args]);
    const { code, out, err } = all();
    assertEquals(code, 0, err);
    const layouts = JSON.parse(out);
    assertEquals(layouts[0].backend, "core-ts");
    for (const { backend: _backend, ...layout } of layouts.slice(1)) {
      assertEquals({ backend: "core-ts", ...layout }, layouts[0]);
    }
    assertEquals(err.includes("LIBRARY_MISSING"), layouts.length === 1);

    const gstreamer = all("--rules", "gstreamer");
    assertEquals([gstreamer.code, JSON.parse(gstreamer.out).length], [0, 1]);
    assertMatch(gstreamer.err, /^avutil: .*(ENOSYS|LIBRARY_MISSING)/);
  });

  it("does not call it a difference that a library is too old for a format", () => {
    const { code, out, err } = mediamem(["layout", "gray32", "99x51", "--backend", "all", "--json"]);
    assertEquals(code, 0, err);
    assertEquals(JSON.parse(out)[0].format, "gray32le");
    assertMatch(err, /^$|^avutil: .* does not have that format \(ENOSYS\)\n$|LIBRARY_MISSING/);
  });

  it("goes on without a library that is missing, unless that is the only backend", () => {
    const args = ["layout", "yuv420p", "99x51", "--json", "--backend"];
    const all = mediamem([...args, "all"], NOWHERE);
    assertEquals([all.code, JSON.parse(all.out).length], [0, 1]);
    assertStringIncludes(all.err, "avutil: ");
    const alone = mediamem([...args, "avutil"], NOWHERE);
    assertEquals([alone.code, alone.out], [1, ""]);
    assertMatch(alone.err, /^mediamem: Cannot load libavutil: .*LIBRARY_MISSING/);
    assert(!/\n\s+at /.test(alone.err));
  });

  it("draws", () => {
    const file = join(folder.path, "layout.svg");
    const { code, out, err } = mediamem(["layout", "pal8", "17x13", "--align", "32", "--svg", file]);
    assertEquals([code, err], [0, `Wrote ${file}\n`]);
    assertStringIncludes(out, "pal8 17x13");
    const svg = readFileSync(file, "utf8");
    assertMatch(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assertStringIncludes(svg, "palette indices");
    assertEquals(mediamem(["layout", "pal8", "17x13", "--align", "32", "--svg", "-"]), {
      code: 0,
      out: svg,
      err: "",
    });
  });

  it("names the file that it cannot write", () => {
    const layout = ["layout", "gray", "3x3", "--json", "--svg"];
    const missing = mediamem([...layout, join(folder.path, "no/such/layout.svg")]);
    assertEquals(missing.code, 2);
    assertStringIncludes(missing.err, `the folder ${join(folder.path, "no/such")} does not exist`);
    mkdirSync(join(folder.path, "folder.svg"));
    const taken = mediamem([...layout, join(folder.path, "folder.svg")]);
    assertEquals(taken.code, 2);
    assertStringIncludes(taken.err, "it is a folder, wanted a file");
    const nested = mediamem([...layout, join(MAIN, "layout.svg")]);
    assertEquals(nested.code, 2);
    assertStringIncludes(nested.err, "is not a folder");
  });

  it("refuses sizes that no picture has", () => {
    for (const size of ["0x0", "12", "1.5x3", "-3x5", "1x2147483648", "99999999999x1", "x", ""]) {
      assertUsage(["layout", "--", "yuv420p", size], "Cannot lay out a picture: ", "wanted ");
    }
    assertUsage(["layout", "yuv420p", "2147483647x2147483647"], "Cannot ");
  });

  it("refuses formats, rule sets, backends and alignments that do not exist or do not fit", () => {
    assertUsage(["layout", "yuv402p", "3x3"], "Did you mean yuv420p");
    assertUsage(["layout", "vaapi", "3x3"], "vaapi");
    assertUsage(["layout", "gray", "3x3", "--rules", "webm"], "Allowed choices are ffmpeg");
    assertUsage(["layout", "gray", "3x3", "--backend", "gst"], "Allowed choices are core-ts");
    assertUsage(["layout", "gray", "3x3", "--align", "3"], "align is 3, wanted a power of two");
    assertUsage(["layout", "gray", "3x3", "--align", "16px"], "wanted an integer");
    assertUsage(["layout", "gray", "3x3", "--align=-1"], "wanted an integer");
    assertUsage(["layout", "gray", "3x3", "--align"], "argument missing");
    assertUsage(
      ["layout", "gray", "3x3", "--rules", "gstreamer", "--align", "4"],
      "has no alignment to choose",
    );
    assertUsage(
      ["layout", "gray", "3x3", "--rules", "webcodecs", "--align", "1"],
      "has no alignment to choose",
    );
    assertUsage(["layout", "gray", "3x3", "--rules", "webgpu", "--align", "100"], "multiple of 256");
    assertUsage(["layout", "gray", "3x3", "--json", "--svg", "-"], "both want standard output");
  });
});
