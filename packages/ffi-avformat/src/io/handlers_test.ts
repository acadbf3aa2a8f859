import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type IoContext, MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvformat } from "../tested_avformat.ts";

const { avformat, missing } = testedAvformat();
const it = itUnless(missing);

describe("callbacks of a native context", () => {
  it("cannot use the context whose call they are in: C would go on with what they freed", () => {
    const codes: string[] = [];
    const context: IoContext = avformat.io.allocContext({
      bufferSize: 5,
      read(bytes) {
        for (
          const use of [
            () => context.r8(),
            () => context.pos,
            () => context.tell(),
            () => context.error = 0,
            () => context.flush(),
            () => context.free(),
            () => context[Symbol.dispose](),
          ]
        ) codes.push(assertThrows(use, MediaError).code);
        bytes.fill(7);
        return bytes.length;
      },
    });
    assertEquals([context.rb16(), new Set(codes), codes.length], [0x0707, new Set(["LOCKED"]), 7]);
    context.free();
  });

  it("may be asked for no bytes", () => {
    const asked: number[] = [];
    using context = avformat.io.allocContext({
      writeFlag: true,
      read: (bytes) => asked.push(bytes.length) && 0,
    });
    assertEquals([context.readPartial(new Uint8Array(0)), asked], [0, [0]]);
  });
});

describe("getLine() of a native context", () => {
  it("goes on past what a callback throws, as C does, and throws it at the end", () => {
    const line = new TextEncoder().encode("one\r");
    const thrown = new RangeError("no more");
    let calls = 0;
    using context = avformat.io.allocContext({
      bufferSize: 1,
      read(bytes) {
        if (calls++ >= line.length) throw thrown;
        bytes[0] = line[calls - 1]!;
        return 1;
      },
    });
    assertEquals(assertThrows(() => context.getLine(100)), thrown);
    // Once for the byte after CR, once more to learn whether that is the end.
    assertEquals(calls, line.length + 2);
  });
});
