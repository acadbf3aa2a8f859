import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { AVERROR, type IoContext, MediaError } from "@mediamem/interface";
import { allocContext } from "./io.ts";

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("callbacks of a context", () => {
  it("may answer a write with any int of C and nothing above", () => {
    let answer = 2147483647;
    using context = allocContext({ bufferSize: 4, writeFlag: true, write: () => answer });
    context.wb32(1);
    assertEquals(context.error, 0);
    answer++;
    assertEquals(codeOf(() => context.wb32(2)), "CALLBACK");
    assertEquals([context.error, context.bytesWritten, context.pos], [AVERROR.EXTERNAL, 4, 8]);
  });

  it("cannot use the context that waits for them", () => {
    const codes: string[] = [];
    const context: IoContext = allocContext({
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
        ) codes.push(codeOf(use));
        bytes.fill(7);
        return bytes.length;
      },
    });
    assertEquals([context.rb16(), new Set(codes), codes.length], [0x0707, new Set(["LOCKED"]), 7]);
    context.free();
  });
});
