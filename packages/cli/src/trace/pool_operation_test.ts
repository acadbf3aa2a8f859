import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../command_error.ts";
import { parsePoolLine, poolLine } from "./pool_operation.ts";

const parse = (text: string) => parsePoolLine(text, "t.txt", 12);

describe("parsePoolLine()", () => {
  it("reads every operation, and writes what it reads", () => {
    const whole = { name: "", holder: null, size: "", line: 12 };
    assertEquals(parse("get a"), { ...whole, word: "get", name: "a" });
    assertEquals(parse("get a decoder # first"), { ...whole, word: "get", name: "a", holder: "decoder" });
    assertEquals(parse("release a"), { ...whole, word: "release", name: "a" });
    assertEquals(parse("resize 1280x720"), { ...whole, word: "resize", size: "1280x720" });
    assertEquals(parse("resize 100"), { ...whole, word: "resize", size: "100" });
    assertEquals(parse("trim"), { ...whole, word: "trim" });
    assertEquals(parse("uninit"), { ...whole, word: "uninit" });
    assertEquals(parse("# nothing"), null);
    for (const text of ["get a", "get a b", "release a", "resize 1x1", "resize 7", "trim", "uninit"]) {
      assertEquals(poolLine(parse(text)!), text);
    }
  });

  it("says what is on a line that it cannot read, and what would be right", () => {
    const wrong: [string, string][] = [
      ["got a", '"got", wanted get, release, resize, trim or uninit'],
      ["get", "wanted get NAME [HOLDER]"],
      ["get a b c", "there are 3 words behind get"],
      ["release", "wanted release NAME"],
      ["trim now", "there is 1 word behind trim, wanted trim"],
      ["resize", "wanted resize WIDTHxHEIGHT or resize BYTES"],
      ["resize 12x", 'the size is "12x", wanted WIDTHxHEIGHT or bytes'],
      ["resize -1", 'the size is "-1"'],
    ];
    for (const [text, message] of wrong) {
      assertThrows(() => parse(text), UsageError, message);
      assertThrows(() => parse(text), UsageError, "Cannot replay t.txt:12: ");
    }
  });
});
