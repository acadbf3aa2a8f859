import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../command_error.ts";
import { heapLine, parseHeapLine } from "./heap_operation.ts";

const parse = (text: string) => parseHeapLine(text, "t.txt", 12);

describe("parseHeapLine()", () => {
  it("reads every operation", () => {
    const whole = { name: "a", size: 0, alignment: 0, offset: 0, line: 12 };
    assertEquals(parse("malloc a 100"), { ...whole, word: "malloc", size: 100 });
    assertEquals(parse("  malloc\ta 100 4096 # aligned"), {
      ...whole,
      word: "malloc",
      size: 100,
      alignment: 4096,
    });
    assertEquals(parse("calloc a 10 7"), { ...whole, word: "calloc", size: 70 });
    assertEquals(parse("realloc a 0"), { ...whole, word: "realloc" });
    assertEquals(parse("free a"), { ...whole, word: "free" });
    assertEquals(parse("write a -3 5"), { ...whole, word: "write", offset: -3, size: 5 });
    assertEquals(parse("malloc 0x7f12 9007199254740991")?.size, 9007199254740991);
  });

  it("steps over comments and blank lines", () => {
    for (const text of ["", "   \t", "# malloc a 1", "  #"]) assertEquals(parse(text), null);
  });

  it("says what is on a line that it cannot read, and what would be right", () => {
    const wrong: [string, string][] = [
      ["mallco a 1", '"mallco", wanted malloc, calloc, realloc, free or write'],
      ["MALLOC a 1", '"MALLOC", wanted'],
      ["malloc", "there are 0 words behind malloc, wanted malloc NAME SIZE [ALIGNMENT]"],
      ["malloc a", "there is 1 word behind malloc"],
      ["malloc a 1 2 3", "there are 4 words behind malloc"],
      ["calloc a 1", "wanted calloc NAME COUNT SIZE"],
      ["realloc a", "wanted realloc NAME SIZE"],
      ["free a b", "wanted free NAME"],
      ["free", "wanted free NAME"],
      ["write a 1", "wanted write NAME OFFSET LENGTH"],
      ["malloc a -5", 'size is "-5", wanted an integer from 0 to 9007199254740991'],
      ["malloc a 9007199254740992", 'size is "9007199254740992"'],
      ["malloc a 1e3", 'size is "1e3"'],
      ["malloc a 0x10", 'size is "0x10"'],
      ["malloc a 5 0", 'alignment is "0", wanted an integer from 1 to 2147483648'],
      ["calloc a 9007199254740991 2", "count times size is 18014398509481982, wanted at most"],
      ["write a 0 -1", 'length is "-1"'],
      [`${"x".repeat(500)} a`, `"${"x".repeat(40)}…"`],
      ["\u0000\u0001 a", '"\\u0000\\u0001"'],
    ];
    for (const [text, message] of wrong) {
      assertThrows(() => parse(text), UsageError, message);
      assertThrows(() => parse(text), UsageError, "Cannot replay t.txt:12: ");
    }
  });

  it("writes what it reads", () => {
    for (
      const text of ["malloc a 1", "malloc a 1 64", "calloc a 1 70", "realloc a 9", "free a", "write a -3 5"]
    ) {
      assertEquals(heapLine(parse(text)!), text);
    }
  });
});
