import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { fillSeeded, sample, seeded, seedOf } from "./seeded.ts";

describe("seeded()", () => {
  it("gives the same row for the same seed, in 0 to 1", () => {
    const [first, second] = [seeded(1), seeded(1)];
    const row = Array.from({ length: 100 }, () => first());
    assertEquals(row, Array.from({ length: 100 }, () => second()));
    assert(row.every((number) => number >= 0 && number < 1));
    assertNotEquals(row[0], seeded(2)());
  });
});

describe("sample()", () => {
  const values = Array.from({ length: 50 }, (_, index) => index);

  it("takes so many different values, in their order", () => {
    const taken = sample(values, 7, 1, "salt");
    assertEquals(taken.length, 7);
    assertEquals([...new Set(taken)].sort((a, b) => a - b), taken);
  });

  it("follows from the seed and the salt", () => {
    assertEquals(sample(values, 7, 1, "salt"), sample(values, 7, 1, "salt"));
    assertNotEquals(sample(values, 7, 1, "salt"), sample(values, 7, 2, "salt"));
    assertNotEquals(sample(values, 7, 1, "salt"), sample(values, 7, 1, "pepper"));
  });

  it("takes all where there are fewer, and none where none is wanted", () => {
    assertEquals(sample(values, 60, 1, "salt"), values);
    assertEquals(sample(values, 0, 1, "salt"), []);
  });
});

describe("fillSeeded()", () => {
  it("fills every byte with what follows from the seed", () => {
    const [first, second, third] = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)];
    fillSeeded(first, seedOf("nv12", 17));
    fillSeeded(second, seedOf("nv12", 17));
    fillSeeded(third, seedOf("nv12", 18));
    assertEquals(first, second);
    assertNotEquals(first, third);
    assert(new Set(first).size > 40);
  });
});
