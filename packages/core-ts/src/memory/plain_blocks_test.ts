import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { PointerCell } from "@mediamem/interface";
import { assertInUse, codeOf, refusal, testedMemory } from "./testdata/tested_memory_test.ts";

const NO_SIZES: readonly [unknown, string][] = [
  [-1, "EINVAL"],
  [0.5, "TypeError"],
  [NaN, "TypeError"],
  [Infinity, "TypeError"],
  [2 ** 53, "TypeError"],
  ["8", "TypeError"],
  [8n, "TypeError"],
  [null, "TypeError"],
  [undefined, "TypeError"],
];

describe("memory.malloc()", () => {
  it("gives aligned blocks of any size, and counts what was asked for", () => {
    const tested = testedMemory();
    const { memory } = tested;
    let bytes = 0;
    for (const [i, size] of [1, 15, 64, 65, 1000, 4097].entries()) {
      const address = memory.malloc(size);
      assertEquals(address % memory.alignment, 0);
      memory.write(address, new Uint8Array(size).fill(255));
      bytes += size;
      assertInUse(tested, i + 1, bytes);
    }
  });

  it("gives a block for no bytes", () => {
    const tested = testedMemory();
    const addresses = [tested.memory.malloc(0), tested.memory.malloc(-0), tested.memory.malloc(0)];
    assertEquals(new Set(addresses).size, 3);
    assert(!addresses.includes(0));
    assertInUse(tested, 3, 0);
  });

  it("lets the cap through, and nothing above", () => {
    const tested = testedMemory();
    const { memory } = tested;
    for (const cap of [100, 33, 1]) {
      memory.maxAlloc(cap);
      memory.free(memory.malloc(cap));
      assertStringIncludes(
        refusal(() => memory.malloc(cap + 1)),
        `ENOMEM Cannot call av_malloc: ${cap + 1} bytes in one request, wanted at most ${cap}`,
      );
    }
    assertInUse(tested, 0, 0);
  });

  it("asks for one byte where it is asked for none, which a cap of 0 forbids", () => {
    const tested = testedMemory();
    const { memory } = tested;
    memory.maxAlloc(0);
    const calls = [
      () => memory.malloc(0),
      () => memory.mallocz(0),
      () => memory.mallocArray(0, 5),
      () => memory.calloc(5, 0),
      () => memory.memdup(new Uint8Array(0)),
    ];
    for (const call of calls) assertEquals(codeOf(call), "ENOMEM");
    memory.maxAlloc(1);
    for (const call of calls) memory.free(call() as number);
    assertInUse(tested, 0, 0);
  });

  it("refuses what is more than a heap can have, whatever the cap", () => {
    const tested = testedMemory();
    const { memory } = tested;
    assertEquals(codeOf(() => memory.malloc(2147483648)), "ENOMEM");
    memory.maxAlloc(Number.MAX_SAFE_INTEGER);
    for (const size of [2147483647, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      assertEquals(codeOf(() => memory.malloc(size)), "ENOMEM");
    }
    assertInUse(tested, 0, 0);
  });

  it("refuses what is no size", () => {
    const tested = testedMemory();
    const { memory } = tested;
    for (const [size, code] of NO_SIZES) {
      const wrong = size as number;
      assertEquals(codeOf(() => memory.malloc(wrong)), code);
      assertEquals(codeOf(() => memory.mallocz(wrong)), code);
      assertEquals(codeOf(() => memory.mallocArray(wrong, 1)), code);
      assertEquals(codeOf(() => memory.mallocArray(1, wrong)), code);
      assertEquals(codeOf(() => memory.calloc(wrong, 1)), code);
      assertEquals(codeOf(() => memory.calloc(0, wrong)), code);
      assertEquals(codeOf(() => memory.maxAlloc(wrong)), code);
    }
    assertInUse(tested, 0, 0);
    memory.free(memory.malloc(2000));
  });
});

describe("memory.mallocz() and memory.calloc()", () => {
  it("give zeroes where other bytes were", () => {
    const tested = testedMemory();
    const { memory } = tested;
    for (const [size, take] of [[77, () => memory.mallocz(77)], [91, () => memory.calloc(13, 7)]] as const) {
      const dirty = memory.malloc(size);
      memory.write(dirty, new Uint8Array(size).fill(255));
      memory.free(dirty);
      const address = take();
      assertEquals(address, dirty);
      assertEquals(memory.read(address, size), new Uint8Array(size));
      memory.free(address);
    }
    assertInUse(tested, 0, 0);
  });
});

describe("memory.mallocArray() and memory.calloc()", () => {
  it("give the product of count and size", () => {
    const tested = testedMemory();
    tested.memory.mallocArray(7, 3);
    tested.memory.calloc(3, 33);
    tested.memory.mallocArray(0, Number.MAX_SAFE_INTEGER);
    assertInUse(tested, 3, 21 + 99);
  });

  it("refuse a product that C's size does not hold, also where little would be left of it", () => {
    const tested = testedMemory();
    const { memory } = tested;
    memory.maxAlloc(Number.MAX_SAFE_INTEGER);
    for (const [count, size] of [[2 ** 32, 2 ** 32], [2 ** 52 + 1, 2 ** 16], [3, 2 ** 52]] as const) {
      assertEquals(codeOf(() => memory.mallocArray(count, size)), "ENOMEM");
      assertEquals(codeOf(() => memory.calloc(count, size)), "ENOMEM");
    }
    assertInUse(tested, 0, 0);
  });
});

describe("memory.free()", () => {
  it("does nothing for NULL", () => {
    const tested = testedMemory();
    tested.memory.free(0);
    tested.memory.free(-0);
    assertInUse(tested, 0, 0);
  });

  it("refuses a second time, addresses that malloc did not give, and what is no address", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const address = memory.malloc(100);
    const other = memory.malloc(33);
    memory.free(address);
    assertEquals(codeOf(() => memory.free(address)), "DOUBLE_FREE");
    for (const wrong of [other + 1, other + 16, other - 16, 64, 2 ** 31, 2 ** 32 + other, 2 ** 40]) {
      assertEquals(codeOf(() => memory.free(wrong)), "WRONG_OWNER", String(wrong));
    }
    assertEquals(codeOf(() => memory.free(-64)), "EINVAL");
    for (const wrong of [0.5, NaN, "64", null, undefined, 64n]) {
      assertEquals(codeOf(() => memory.free(wrong as number)), "TypeError");
    }
    assertInUse(tested, 1, 33);
  });
});

describe("memory.freep()", () => {
  it("frees the block and forgets its address", () => {
    const tested = testedMemory();
    const cell = { address: tested.memory.malloc(10) };
    tested.memory.freep(cell);
    assertEquals(cell, { address: 0 });
    tested.memory.freep(cell);
    assertInUse(tested, 0, 0);
  });

  it("leaves block and cell where it refuses", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const address = memory.malloc(10);
    const cell = { address: address + 8 };
    assertEquals(codeOf(() => memory.freep(cell)), "WRONG_OWNER");
    assertEquals(cell, { address: address + 8 });
    const stale = { address: memory.malloc(10) };
    memory.free(stale.address);
    assertEquals(codeOf(() => memory.freep(stale)), "DOUBLE_FREE");
    for (const wrong of [null, undefined, 5, {}, { address: "0" }, { address: 0.5 }]) {
      assertEquals(codeOf(() => memory.freep(wrong as PointerCell)), "TypeError");
    }
    assertEquals(codeOf(() => memory.freep({ address: -64 })), "EINVAL");
    // A cell that cannot be told is refused before its block is gone.
    assertEquals(codeOf(() => memory.freep(Object.freeze({ address }))), "TypeError");
    assertInUse(tested, 1, 10);
  });
});
