import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
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
