import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatCaseId, parseCaseId } from "./case_id.ts";
import { ConformanceError } from "./conformance_error.ts";
import type { Operation } from "./model.ts";
import { formatTrace, parseTrace } from "./trace_text.ts";

describe("formatTrace() and parseTrace()", () => {
  it("write what a person reads", () => {
    const trace: Operation[] = [{ op: "alloc", format: "nv12", sizes: [1, "a b", null] }, {
      op: "free",
      handle: -0,
    }];
    assertEquals(formatTrace(trace), 'alloc format=nv12 sizes=[1,"a b",null]; free handle=-0');
    assertEquals(parseTrace(formatTrace(trace)), trace);
    assertEquals(parseTrace(""), []);
  });

  it("give back every trace, also from inside a case's id", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.double(), fc.boolean(), fc.constant(null));
    const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((name) => name !== "op");
    const operation = fc.tuple(
      word,
      fc.dictionary(word, fc.oneof(value, fc.array(value, { maxLength: 3 })), { noNullPrototype: true }),
    )
      .map(([op, parameters]): Operation => ({ op, ...parameters }));
    fc.assert(fc.property(fc.array(operation, { maxLength: 4 }), (operations) => {
      const id = formatCaseId("area/test", ["trace"], [formatTrace(operations)]);
      assertEquals(parseTrace(parseCaseId(id).parameters.get("trace") as string), operations);
    }));
  });

  it("refuse what is no trace", () => {
    for (const text of ["alloc width", "=3", "alloc; ", "alloc =3", "alloc a=[1", "alloc a=b\u0000"]) {
      assertThrows(() => parseTrace(text), ConformanceError, "Cannot read the trace");
    }
  });
});
