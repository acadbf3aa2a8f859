import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { type Document, DOMParser, type Element } from "@xmldom/xmldom";
import { tinyReport } from "../tiny_report.ts";
import { renderJunit } from "./junit.ts";

function parse(xml: string): Document {
  const onError = (level: string, message: string): void => {
    if (level !== "warning") throw new Error(`${level}: ${message}`);
  };
  return new DOMParser({ onError }).parseFromString(xml, "text/xml");
}

const all = (document: Document, name: string): Element[] => Array.from(document.getElementsByTagName(name));

describe("renderJunit()", () => {
  it("is well-formed and has a case for each test, whatever the answers hold", async () => {
    const document = parse(
      renderJunit([await tinyReport(), { ...await tinyReport(), failures: ['Bun & "Deno" <died>'] }]),
    );
    assertEquals(all(document, "testsuite").map((suite) => suite.getAttribute("tests")), ["4", "5"]);
    assertEquals(all(document, "testsuite").map((suite) => suite.getAttribute("failures")), ["2", "2"]);
    assertEquals(all(document, "testsuite").map((suite) => suite.getAttribute("errors")), ["0", "1"]);
    assertEquals(all(document, "testcase").length, 9);
    assertEquals(all(document, "error")[0]!.getAttribute("message"), 'Bun & "Deno" <died>');
    const texts = all(document, "failure").map((failure) => failure.textContent!);
    assertStringIncludes(
      texts[0]!,
      "tiny/stride:format=p010le;width=99;align=1\n  core-ts: 197 99\n  libtiny: 198 99",
    );
    assertStringIncludes(texts[1]!, '<b>"&"\ufffd</b>');
  });

  it("holds any text", async () => {
    const odd = "\ud800 \udc00 \u{1f600} \uffff \u0000 ]]> <&>\"'";
    const document = parse(renderJunit([{ ...await tinyReport(), failures: [odd] }]));
    assertEquals(all(document, "error")[0]!.textContent, "\ufffd \ufffd \u{1f600} \ufffd \ufffd ]]> <&>\"'");
  });

  it("marks tests without a comparison as skipped", async () => {
    const document = parse(
      renderJunit([await tinyReport({ changes: {}, cases: "tiny/describe:format=p010le" })]),
    );
    assertEquals(all(document, "skipped").map((each) => each.getAttribute("message")), [
      "format not in this library",
    ]);
    assertEquals(all(document, "testsuite")[0]!.getAttribute("skipped"), "1");
  });
});
