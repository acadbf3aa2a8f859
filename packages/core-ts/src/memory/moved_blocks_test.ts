import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import type { Memory, PointerCell } from "@mediamem/interface";
import { assertInUse, codeOf, testedMemory } from "./testdata/tested_memory_test.ts";

const TOO_LARGE = 2147483648;

/** The five calls, each as what it makes of a cell. */
const CALLS: Readonly<Record<string, (memory: Memory, cell: PointerCell, size: number) => void>> = {
  realloc: (memory, cell, size) => cell.address = memory.realloc(cell.address, size),
  reallocF: (memory, cell, size) => cell.address = memory.reallocF(cell.address, size, 1),
  reallocArray: (memory, cell, size) => cell.address = memory.reallocArray(cell.address, 1, size),
  reallocp: (memory, cell, size) => memory.reallocp(cell, size),
  reallocpArray: (memory, cell, size) => memory.reallocpArray(cell, size, 1),
};
const FREEING: ReadonlySet<string> = new Set(["reallocF", "reallocp", "reallocpArray"]);
const CELL: ReadonlySet<string> = new Set(["reallocp", "reallocpArray"]);

for (const [name, resize] of Object.entries(CALLS)) {
  describe(`memory.${name}()`, () => {
    it("takes a new block for NULL", () => {
      const tested = testedMemory();
      const cell = { address: 0 };
      resize(tested.memory, cell, 33);
      assertEquals(cell.address % 16, 0);
      assertInUse(tested, 1, 33);
    });

    it("keeps what fits and counts the block once, in place and moved", () => {
      const tested = testedMemory();
      const { memory } = tested;
      const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
      const cell = { address: memory.memdup(bytes) };
      // What follows is somebody's, so that it has to move.
      const other = memory.malloc(1);
      for (const size of [101, 5000, 4999, 65, 64, 63, 1]) {
        resize(memory, cell, size);
        const kept = Math.min(size, 64);
        assertEquals(memory.read(cell.address, kept), bytes.subarray(0, kept));
        assertInUse(tested, 2, size + 1);
      }
      memory.free(other);
    });

    it(`${FREEING.has(name) ? "frees" : "keeps"} the block where it fails`, () => {
      const tested = testedMemory();
      const { memory, ledger } = tested;
      const failures = [
        () => memory.maxAlloc(40),
        () => ledger.limitBytes = 40,
        () => tested.heap.limitBytes = 40,
      ];
      for (const [i, fail] of failures.entries()) {
        const cell = { address: memory.mallocz(33) };
        const { address } = cell;
        fail();
        assertEquals(codeOf(() => resize(memory, cell, 41)), i === 0 ? "ENOMEM" : "OVER_BUDGET");
        assertInUse(tested, FREEING.has(name) ? 0 : 1, FREEING.has(name) ? 0 : 33);
        assertEquals(cell.address, CELL.has(name) ? 0 : address);
        if (!FREEING.has(name)) memory.free(address);
        memory.maxAlloc(2147483647);
        ledger.limitBytes = tested.heap.limitBytes = Infinity;
      }
      const cell = { address: memory.malloc(50) };
      assertEquals(codeOf(() => resize(memory, cell, TOO_LARGE)), "ENOMEM");
      assertEquals(tested.ledger.live, FREEING.has(name) ? 0 : 1);
    });

    it("fails where a fixed storage is full, and leaks nothing", () => {
      const tested = testedMemory({ storage: new ArrayBuffer(20000) });
      const cell = { address: tested.memory.malloc(1000) };
      assertEquals(codeOf(() => resize(tested.memory, cell, 100_000)), "ENOMEM");
      assertInUse(tested, FREEING.has(name) ? 0 : 1, FREEING.has(name) ? 0 : 1000);
    });

    it("refuses other addresses before anything changes, whatever the size", () => {
      const tested = testedMemory();
      const { memory } = tested;
      const freed = memory.malloc(100);
      const address = memory.malloc(100);
      memory.free(freed);
      for (const size of [0, 50, 200, TOO_LARGE]) {
        for (
          const [wrong, code] of [
            [freed, "USE_AFTER_FREE"],
            [address + 64, "WRONG_OWNER"],
            [
              64,
              "WRONG_OWNER",
            ],
            [-64, "EINVAL"],
            [0.5, "TypeError"],
          ] as const
        ) {
          const cell = { address: wrong };
          assertEquals(codeOf(() => resize(memory, cell, size)), code, `${wrong} ${size}`);
          assertEquals(cell, { address: wrong });
        }
      }
      for (const [size, code] of [[-1, "EINVAL"], [0.5, "TypeError"], ["8", "TypeError"]] as const) {
        const cell = { address };
        assertEquals(codeOf(() => resize(memory, cell, size as number)), code);
        assertEquals(cell, { address });
      }
      assertInUse(tested, 1, 100);
    });

    it("may shrink a block while there is too much in use", () => {
      const tested = testedMemory();
      const cell = { address: tested.memory.malloc(100) };
      const other = tested.memory.malloc(100);
      tested.ledger.limitBytes = 50;
      resize(tested.memory, cell, 10);
      assertInUse(tested, 2, 110);
      tested.memory.free(other);
    });
  });
}

describe("memory.realloc() and its family to no bytes", () => {
  it("keep a block, but reallocp frees it", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const address = memory.realloc(memory.malloc(100), 0);
    assert(address !== 0);
    memory.free(memory.reallocF(memory.reallocArray(address, 0, 8), 8, 0));
    assertInUse(tested, 0, 0);
    const cell = { address: memory.malloc(100) };
    memory.reallocpArray(cell, 0, 8);
    assert(cell.address !== 0);
    memory.reallocpArray(cell, 8, 0);
    assert(cell.address !== 0);
    assertInUse(tested, 1, 0);
    memory.reallocp(cell, 0);
    assertEquals(cell, { address: 0 });
    memory.reallocp(cell, 0);
    assertInUse(tested, 0, 0);
  });

  it("give a block for NULL, also under a cap of 0", () => {
    const tested = testedMemory();
    const { memory } = tested;
    memory.maxAlloc(0);
    const cell = { address: 0 };
    memory.reallocpArray(cell, 0, 0);
    const addresses = [
      cell.address,
      memory.realloc(0, 0),
      memory.reallocF(0, 0, 9),
      memory.reallocArray(0, 9, 0),
    ];
    assertEquals(addresses.includes(0), false);
    assertInUse(tested, 4, 0);
    memory.reallocp(cell, 0);
    assertInUse(tested, 3, 0);
  });

  it("take a NULL for no elements as the answer, as C does", () => {
    const tested = testedMemory({ storage: new ArrayBuffer(20000) });
    const { memory } = tested;
    while (codeOf(() => memory.malloc(0)) === "none");
    const cell = { address: 0 };
    memory.reallocpArray(cell, 0, 8);
    assertEquals(cell, { address: 0 });
    assertEquals(codeOf(() => memory.realloc(0, 0)), "ENOMEM");
  });
});

describe("memory.reallocF() and its family with products beyond C's size", () => {
  it("fail as for no memory", () => {
    for (const [count, size] of [[2 ** 32, 2 ** 32], [2 ** 52 + 1, 2 ** 16]] as const) {
      const tested = testedMemory();
      const { memory } = tested;
      memory.maxAlloc(Number.MAX_SAFE_INTEGER);
      const address = memory.malloc(10);
      assertEquals(codeOf(() => memory.reallocArray(address, count, size)), "ENOMEM");
      assertInUse(tested, 1, 10);
      assertEquals(codeOf(() => memory.reallocF(address, count, size)), "ENOMEM");
      assertInUse(tested, 0, 0);
      const cell = { address: memory.malloc(10) };
      assertEquals(codeOf(() => memory.reallocpArray(cell, count, size)), "ENOMEM");
      assertEquals(cell, { address: 0 });
      assertInUse(tested, 0, 0);
    }
  });
});
