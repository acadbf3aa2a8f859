import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertStringIncludes } from "@std/assert";
import { codeOf, refusal, testedMemory } from "./testdata/tested_memory_test.ts";

const { memory } = testedMemory();

describe("memory.sizeMult()", () => {
  it("multiplies as far as a number is exact", () => {
    for (
      const [a, b] of [[3, 5], [2 ** 26, 2 ** 26], [Number.MAX_SAFE_INTEGER, 1], [
        94906265,
        94906265,
      ]] as const
    ) {
      assertEquals(BigInt(memory.sizeMult(a, b)), BigInt(a) * BigInt(b));
    }
    assertStrictEquals(memory.sizeMult(0, Number.MAX_SAFE_INTEGER), 0);
    assertStrictEquals(memory.sizeMult(-0, 5), 0);
  });

  it("says ERANGE from 2^53 on, and EINVAL from 2^64 on, where C does", () => {
    for (
      const [a, b] of [[2 ** 52, 2], [94906267, 94906267], [2 ** 32, 2 ** 31], [
        2 ** 32 - 1,
        2 ** 32 + 1,
      ]] as const
    ) {
      assertEquals(codeOf(() => memory.sizeMult(a, b)), "ERANGE");
    }
    for (const [a, b] of [[2 ** 32, 2 ** 32], [2 ** 52, 2 ** 52], [2 ** 52 + 1, 2 ** 12]] as const) {
      assertStringIncludes(refusal(() => memory.sizeMult(a, b)), `EINVAL Cannot multiply ${a} by ${b}`);
    }
  });

  it("refuses what are no sizes", () => {
    assertEquals(codeOf(() => memory.sizeMult(-1, 0)), "EINVAL");
    assertEquals(codeOf(() => memory.sizeMult(0, -1)), "EINVAL");
    assertEquals(codeOf(() => memory.sizeMult(0.5, 2)), "TypeError");
    assertEquals(codeOf(() => memory.sizeMult(2, 2 ** 53)), "TypeError");
  });
});
