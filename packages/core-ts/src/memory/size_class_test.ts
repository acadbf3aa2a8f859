import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { COLUMNS, COLUMNS_AT, ROWS, ROWS_AT } from "./heap_format.ts";
import { classAbove, classOf, occupiedClass } from "./size_class.ts";

const granules = fc.integer({ min: 0, max: 27 }).chain((power) =>
  fc.integer({ min: 2 ** power, max: 2 ** (power + 1) - 1 })
);

describe("classOf()", () => {
  it("has a class for each size below 64 and 32 for each power of two above", () => {
    for (let size = 1; size < 64; size++) assertEquals(classOf(size), size);
    assertEquals([64, 65, 66, 127, 128, 131, 132, 2 ** 20].map(classOf), [
      64,
      64,
      65,
      95,
      96,
      96,
      97,
      32 * 16,
    ]);
    assertEquals(classOf(2 ** 28 - 1), ROWS * COLUMNS - 1);
  });

  it("never falls, and steps by one", () => {
    fc.assert(fc.property(granules, (size) => {
      const step = classOf(size + 1) - classOf(size);
      assert(step === 0 || step === 1);
    }));
  });
});

describe("classAbove()", () => {
  it("is the lowest class whose every block is large enough", () => {
    fc.assert(fc.property(granules, (size) => {
      const found = classAbove(size);
      // The largest size of the class below is too small, the smallest of this one is not.
      assert(classOf(size) === found || classOf(size - 1) === found - 1 || classOf(size) === found - 1);
      assert(classOf(size - 1) < found);
    }));
  });
});

describe("occupiedClass()", () => {
  it("is the lowest occupied class from the wanted one on", () => {
    const index = fc.integer({ min: 1, max: ROWS * COLUMNS - 1 });
    fc.assert(fc.property(fc.uniqueArray(index, { maxLength: 20 }), index, (occupied, least) => {
      const base = 16;
      const words = new Int32Array(1000);
      for (const one of occupied) {
        words[base + COLUMNS_AT + (one >>> 5)]! |= 1 << (one & 31);
        words[base + ROWS_AT]! |= 1 << (one >>> 5);
      }
      const wanted = occupied.filter((one) => one >= least).sort((a, b) => a - b)[0] ?? 0;
      assertEquals(occupiedClass(words, base, least), wanted);
    }));
  });
});
