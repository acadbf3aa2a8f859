import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { allocContext } from "./io.ts";

describe("putStr() of a direct context", () => {
  it("hands a text on at once, and keeps the zero of no text in the buffer", () => {
    const written: number[][] = [];
    using context = allocContext({
      writeFlag: true,
      write: (bytes) => written.push([...bytes]),
    });
    context.direct = true;
    assertEquals([context.putStr(""), written], [1, [[0]]]);
    assertEquals([context.putStr(null), written.length, context.bufPtr], [1, 1, 1]);
    context.flush();
    assertEquals(written, [[0], [0]]);
  });
});

describe("wl64() and wb64()", () => {
  it("take a bigint and nothing that compares like one", () => {
    using context = allocContext({ writeFlag: true });
    for (const value of [true, "", "5", [], new Uint8Array(0), 5, null]) {
      assertThrows(() => context.wl64(value as unknown as bigint), TypeError);
      assertThrows(() => context.wb64(value as unknown as bigint), TypeError);
    }
    assertEquals(context.bufPtr, 0);
  });
});
