import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { rootOf } from "./own_frames.ts";
import { parseStack } from "./parse_stack.ts";

const root = rootOf(import.meta.url)!;

describe("parseStack()", () => {
  it("gives the same for what V8 and JavaScriptCore say of one program", () => {
    const expected = [
      "decode (/app/a.ts:1:2)",
      "new Decoder (/app/a.ts:3:4)",
      "#step (/app/a.ts:5:6)",
      "<anonymous> (/app/a.ts:7:8)",
      "frame (/app/a.ts:9:10)",
      "main (/app/a.ts:11:12)",
      "<anonymous> (/app/a.ts:13:14)",
    ];
    const deno = `Error: with words
    at Decoder.decode [as run] (file:///app/a.ts:1:2)
    at new Decoder (file:///app/a.ts:3:4)
    at Decoder.#step (file:///app/a.ts:5:6)
    at Object.<anonymous> (file:///app/a.ts:7:8)
    at Array.map (<anonymous>)
    at Decoder.get frame (file:///app/a.ts:9:10)
    at async main (file:///app/a.ts:11:12)
    at async Promise.all (index 0)
    at async file:///app/a.ts:13:14
    at listOnTimeout (ext:core/02_timers.js:307:17)`;
    const bun = `Error: with words
    at decode (/app/a.ts:1:2)
    at new Decoder (/app/a.ts:3:4)
    at #step (/app/a.ts:5:6)
    at <anonymous> (/app/a.ts:7:8)
    at map (native:1:11)
    at frame (/app/a.ts:9:10)
    at async main (/app/a.ts:11:12)
    at /app/a.ts:13:14
    at processTicksAndRejections (native:7:39)`;
    const safari = `decode@file:///app/a.ts:1:2
Decoder@file:///app/a.ts:3:4
#step@file:///app/a.ts:5:6
@file:///app/a.ts:7:8
map@[native code]
frame@file:///app/a.ts:9:10
main@file:///app/a.ts:11:12
module code@file:///app/a.ts:13:14`;
    assertEquals(parseStack(deno), expected);
    assertEquals(parseStack(bun), expected);
    assertEquals(parseStack(safari), expected.map((call) => call.replace("new ", "")));
  });

  it("reads paths with spaces, brackets and signs", () => {
    const stack = `Error
    at f (file:///a (b) c/d@e.ts:1:2)
    at file:///a (b) c/d@e.ts:3:4`;
    assertEquals(parseStack(stack), ["f (/a (b) c/d@e.ts:1:2)", "<anonymous> (/a (b) c/d@e.ts:3:4)"]);
  });

  it("leaves mediamem out where anybody else called", () => {
    const own = `    at AllocationLedger.open (file://${root}libs/ledger/src/allocation_ledger.ts:1:2)`;
    assertEquals(parseStack(`Error\n${own}\n    at main (/app/a.ts:3:4)`), ["main (/app/a.ts:3:4)"]);
    assertEquals(parseStack(`Error\n${own}`), [`open (${root}libs/ledger/src/allocation_ledger.ts:1:2)`]);
  });

  it("keeps eight calls, the innermost", () => {
    const lines = Array.from({ length: 20 }, (_, at) => `    at f${at} (/app/a.ts:${at}:1)`);
    const site = parseStack(`Error\n${lines.join("\n")}`)!;
    assertEquals([site.length, site[0], site[7]], [8, "f0 (/app/a.ts:0:1)", "f7 (/app/a.ts:7:1)"]);
  });

  it("gives null for what names no call", () => {
    assertEquals([parseStack(""), parseStack("Error: at f"), parseStack("undefined")], [null, null, null]);
  });
});
