import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { tinyReport } from "../tiny_report.ts";
import { renderHtml } from "./html.ts";

describe("renderHtml()", () => {
  it("has everything that the run found, escaped", async () => {
    const report = { ...await tinyReport({ notices: ["A <notice>"] }), failures: ["Bun <died>"] };
    const html = renderHtml([report]);
    for (
      const part of [
        "<!doctype html>",
        "A &lt;notice>",
        "Bun &lt;died>",
        "tiny/stride:format=p010le;width=99;align=1",
        "197 99",
        "198 99",
        "&lt;b>&quot;&amp;&quot;",
        "Version 1 adds &lt;one> byte &amp; more to wide rgb24.",
        "1: format not in this library",
        "--case 'tiny/stride:format=p010le;width=99;align=1'",
        "2,404",
      ]
    ) assertStringIncludes(html, part);
    assert(!html.includes("<notice>") && !html.includes("<died>") && !html.includes("<b>"));
  });

  it("draws both layouts of a case, and the overview once", async () => {
    const report = await tinyReport();
    const html = renderHtml([report, { ...report, runtime: { name: "Other", version: "2.0" } }]);
    assertEquals([...html.matchAll(/<svg[^>]*>/g)].length, 2 + 1);
    assertStringIncludes(html, " and Other 2.0<");
    assertEquals(html.split("What a layout looks like").length, 2);
  });

  it("lists what is known but was not seen for a whole run only", async () => {
    const report = await tinyReport();
    const known = report.known.map((each) => ({ ...each, count: 0 }));
    assert(known.length > 0);
    assertStringIncludes(renderHtml([{ ...report, known }]), "</code>: never seen in this run. ");
    const part = { ...report, known, selection: { ...report.selection, cases: "tiny/stride" } };
    assert(!renderHtml([part]).includes("Known differences"));
  });

  it("shows the answers where few cases were asked for", async () => {
    const html = renderHtml([await tinyReport({ cases: "tiny/stride:format=gray;width=300;align=16" })]);
    assertStringIncludes(
      html,
      "<dt>verdict</dt><dd><code>equal</code></dd><dt>core-ts</dt><dd><code>304 300</code></dd>",
    );
  });

  it("says why a layout that contradicts itself is not drawn", async () => {
    const report = await tinyReport();
    const [first, ...others] = report.differences;
    const actual = { ...first!.pictures.actual!, size: -1 };
    const html = renderHtml([{
      ...report,
      differences: [{ ...first!, pictures: { actual, expected: null } }, ...others],
    }]);
    assertStringIncludes(html, "core-ts: Cannot draw a layout: size is -1");
  });

  it("needs nothing from outside, and suits light, dark and narrow screens", async () => {
    const html = renderHtml([await tinyReport()]);
    assert(!/<script|<link|\bsrc=|@import|https?:\/\/(?!www\.w3\.org\/)/.test(html));
    assertStringIncludes(html, "prefers-color-scheme:dark");
    assertStringIncludes(html, 'name="viewport"');
  });
});
