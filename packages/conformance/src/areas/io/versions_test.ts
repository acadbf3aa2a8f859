import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { call, open, print, read, turn } from "./trace_operations.ts";
import { whyNot } from "./versions.ts";

const memory = open({ as: "memory", length: 10 });
const writer = open({ as: "writer" });

/** The majors that cannot play a trace. */
function left(...operations: Parameters<typeof whyNot>[1]): readonly number[] {
  return [58, 59, 60, 61, 62].filter((major) => whyNot(major, operations) !== null);
}

describe("whyNot()", () => {
  it("leaves out what libavformat 58 answers in its own way", () => {
    assertEquals(left(open({ as: "reader", pieces: [1, 0] }), read(1)), [58]);
    assertEquals(left(open({ as: "reader", buffer: 0 }), read(1)), [58]);
    assertEquals(left(memory, read(11)), [58]);
    assertEquals(left(memory, turn("direct", true), read(1)), [58]);
  });

  it("leaves out empty writes of direct contexts before libavformat 61", () => {
    assertEquals(left(writer, turn("direct", true), print(["a", ""])), [58, 59, 60]);
  });

  it("leaves nothing else out", () => {
    assertEquals(left(memory, read(10), read(3)), []);
    assertEquals(left(open({ as: "reader", pieces: [1] }), read(11)), []);
    assertEquals(left(writer, print([""]), turn("direct", true), print(["a"])), []);
    assertEquals(left(writer, turn("direct", true), writer, print([""]), call("flush")), []);
    assertEquals(whyNot(null, [memory, read(11)]), null);
  });
});
