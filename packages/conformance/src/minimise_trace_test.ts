import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { minimiseTrace } from "./minimise_trace.ts";
import type { Operation } from "./model.ts";

const trace = (letters: string): Operation[] => [...letters].map((op) => ({ op }));
const letters = (operations: readonly Operation[]): string => operations.map(({ op }) => op).join("");

describe("minimiseTrace()", () => {
  it("drops every operation that is not needed", () => {
    const fails = (operations: readonly Operation[]): boolean => /a.*b.*c/.test(letters(operations));
    assertEquals(letters(minimiseTrace(trace("xxaxxxbbxxxxcx"), fails)), "abc");
    assertEquals(minimiseTrace(trace("xyz"), () => true), []);
    assertEquals(letters(minimiseTrace(trace("xyz"), () => false)), "xyz");
  });

  it("tries again what could not be dropped before", () => {
    // "a" can go only once all "b" behind it are gone.
    const fails = (operations: readonly Operation[]): boolean =>
      /^a*b*c$/.test(letters(operations)) && !/^b/.test(letters(operations));
    assertEquals(letters(minimiseTrace(trace("abbbc"), fails)), "c");
  });

  it("ends with a trace of which no operation can be dropped", () => {
    fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.func(fc.boolean()), (text, random) => {
      const fails = (operations: readonly Operation[]): boolean =>
        letters(operations) === text || random(letters(operations));
      const least = minimiseTrace(trace(text), fails);
      assert(fails(least));
      for (let i = 0; i < least.length; i++) assert(!fails(least.toSpliced(i, 1)));
    }));
  });
});
