import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { reportedArea, tinyReport } from "../tiny_report.ts";
import { currentRuntime } from "../compare_areas.ts";
import { renderTerminal } from "./terminal.ts";

const { name, version } = currentRuntime();

describe("renderTerminal()", () => {
  it("shows the counts, what is known, what could not be compared, and where they part", async () => {
    const text = renderTerminal([await tinyReport({ notices: ["The installed library was not found"] })]);
    for (
      const part of [
        `core-ts 0.1.0 against libtiny 1.0.0 on ${name} ${version}`,
        "tiny, default scope, seed 1",
        "! The installed library was not found",
        "tiny/rgb24: 6",
        "Version 1 adds <one> byte & more to wide rgb24.",
        "1: format not in this library",
        "tiny/stride:format=p010le;width=99;align=1  tiny_stride",
        "core-ts    197 99",
        "libtiny    198 99",
        'core-ts    <b>"&"\ufffd</b>',
        `--backend tiny --runtime ${name.toLowerCase()} --case 'tiny/stride:format=p010le;width=99;align=1'`,
        `core-ts 0.1.0 and libtiny 1.0.0 part on ${name} ${version}: 2,465 comparisons, 7 different, 6 known, 1 not comparable`,
      ]
    ) assertStringIncludes(text, part);
    assertEquals(/tiny\/stride +tiny_stride +2,404 +2,392 +0 +6 +0 +6/.test(text), true, text);
    assertEquals(/\nall +2,465 +2,452 +4 +6 +1 +7/.test(text), true, text);
  });

  it("says once what both runtimes found, with the time of each", async () => {
    const report = await tinyReport();
    const text = renderTerminal([report, { ...report, runtime: { name: "Other", version: "2.0" } }], {
      width: 130,
    });
    assertStringIncludes(text, `on ${name} ${version} and Other 2.0`);
    assertEquals(text.split("\n").filter((line) => line.startsWith("tiny/stride")).length, 1);
    assertStringIncludes(text, `${name} ms  Other ms`);
    assertEquals(text.match(/ part on /g)?.length, 2);
  });

  it("has no colour unless asked, and the same text with it", async () => {
    const reports = [await tinyReport()];
    const plain = renderTerminal(reports);
    const coloured = renderTerminal(reports, { colour: true });
    assert(!plain.includes("\x1b["));
    assert(coloured.includes("\x1b[31m"));
    // deno-lint-ignore no-control-regex
    assertEquals(coloured.replace(/\x1b\[\d+m/g, ""), plain);
  });

  it("keeps its table inside a narrow terminal", async () => {
    for (const width of [120, 80, 60, 40]) {
      const text = renderTerminal([await tinyReport({ changes: {} })], { width });
      const table = text.slice(text.indexOf("\n\n"), text.indexOf("Known differences"));
      assert(table.split("\n").every((line) => line.length <= width), table);
      assertStringIncludes(text, "2,404");
    }
  });

  it("names a known difference that no case showed, unless the run was a part", async () => {
    assertStringIncludes(
      renderTerminal([
        await tinyReport({ changes: {}, area: { ...reportedArea, tests: reportedArea.tests.slice(1) } }),
      ]),
      "tiny/rgb24: never seen in this run",
    );
    const part = await tinyReport({ changes: {}, cases: "tiny/check" });
    assert(!renderTerminal([part]).includes("never seen"));
  });

  it("shows the answer that a case quotes, and the case that found it", async () => {
    const report = await tinyReport({ changes: { stride: (_format, width) => width === 300 ? 7 : -1 } });
    const text = renderTerminal([{
      ...report,
      differences: report.differences.map((d) => ({ ...d, quoted: "304 300" })),
    }]);
    assertStringIncludes(text, "quoted     304 300");
  });

  it("shows the answers where few cases were asked for", async () => {
    const show = async (cases: string): Promise<string> => renderTerminal([await tinyReport({ cases })]);
    assertStringIncludes(
      await show("tiny/stride:format=gray;width=300;align=16"),
      "Cases\n  tiny/stride:format=gray;width=300;align=16  equal\n    core-ts    304 300\n    libtiny    304 300\n    quoted     304 300\n",
    );
    assertStringIncludes(
      await show("tiny/stride:format=rgb24;width=100;align=1"),
      "align=1  known: tiny/rgb24\n    core-ts    299 100",
    );
    assertStringIncludes(
      await show("tiny/describe:format=p010le"),
      "=p010le  not comparable: format not in this library\n",
    );
    assertStringIncludes(await show("tiny/stack:name=empty"), "name=empty  equal\n    core-ts    EOF\n");
    assert(!(await show("tiny/describe:format=gray")).includes("Cases"));
    assert(!(await show("tiny/stride")).includes("Cases"));
  });

  it("shows failures in the verdict", async () => {
    const text = renderTerminal([{ ...await tinyReport(), failures: ["Bun died of the signal SIGSEGV"] }]);
    assertStringIncludes(text, "failed: Bun died of the signal SIGSEGV");
  });
});
