import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes } from "@std/assert";
import type { FastCell } from "@mediamem/interface";
import { assertInUse, codeOf, refusal, testedMemory } from "./testdata/tested_memory_test.ts";

const CALLS = ["fastMalloc", "fastMallocz", "fastRealloc"] as const;

for (const call of CALLS) {
  describe(`memory.${call}()`, () => {
    it("takes a sixteenth and 32 bytes more, and nothing while that is enough", () => {
      const tested = testedMemory();
      const { memory } = tested;
      const cell = { address: 0, size: 0 };
      // As libavutil 60 grows.
      const sizes = [[1, 33], [42, 76], [76, 76], [100, 138], [139, 179], [1000, 1094], [1, 1094], [
        2000,
        2157,
      ], [
        5000,
        5344,
      ]] as const;
      for (const [minSize, size] of sizes) {
        const before = { ...cell };
        memory[call](cell, minSize);
        assertEquals(cell.size, size);
        if (size === before.size) assertEquals(cell, before);
        assertInUse(tested, 1, size);
      }
      memory.free(cell.address);
    });

    it("does nothing for no bytes", () => {
      const tested = testedMemory();
      const cell = { address: 0, size: 0 };
      tested.memory[call](cell, 0);
      assertEquals(cell, { address: 0, size: 0 });
      assertInUse(tested, 0, 0);
    });

    it("takes what the cap leaves of the more", () => {
      for (
        const [cap, minSize, size] of [[100, 90, 100], [33, 1, 33], [32, 1, 32], [100, 100, 100]] as const
      ) {
        const tested = testedMemory();
        tested.memory.maxAlloc(cap);
        const cell = { address: 0, size: 0 };
        tested.memory[call](cell, minSize);
        assertEquals(cell.size, size);
        assertInUse(tested, 1, size);
      }
    });

    it(`leaves ${call === "fastRealloc" ? "the block and no size" : "nothing"} where it fails`, () => {
      const keeps = call === "fastRealloc";
      for (const large of [101, 5000, 2147483648, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
        for (const code of ["ENOMEM", "OVER_BUDGET"]) {
          const tested = testedMemory();
          const { memory } = tested;
          const cell = { address: 0, size: 0 };
          memory[call](cell, 10);
          const { address } = cell;
          if (code === "ENOMEM") memory.maxAlloc(100);
          else if (large > 5000) continue;
          else tested.ledger.limitBytes = 100;
          assertEquals(codeOf(() => memory[call](cell, large)), code);
          assertEquals(cell, { address: keeps ? address : 0, size: 0 });
          assertInUse(tested, keeps ? 1 : 0, keeps ? 42 : 0);
          memory.maxAlloc(2147483647);
          tested.ledger.limitBytes = Infinity;
          memory[call](cell, 10);
          assertInUse(tested, 1, 42);
        }
      }
    });

    it("notes no size that C's unsigned would not hold", () => {
      const tested = testedMemory();
      tested.memory.maxAlloc(Number.MAX_SAFE_INTEGER);
      const cell = { address: 0, size: 0 };
      assertStringIncludes(refusal(() => tested.memory[call](cell, 2 ** 32)), "wanted at most 4294967295");
      assertEquals(codeOf(() => tested.memory[call](cell, 2 ** 32 - 1)), "ENOMEM");
      assertInUse(tested, 0, 0);
    });

    it("refuses cells that are none before anything changes", () => {
      const tested = testedMemory();
      const { memory } = tested;
      const address = memory.malloc(50);
      const freed = memory.malloc(50);
      memory.free(freed);
      const cells: readonly [unknown, string][] = [
        [null, "TypeError"],
        [{ address }, "TypeError"],
        [{ address, size: 0.5 }, "TypeError"],
        [{ address: "0", size: 0 }, "TypeError"],
        [{ address: -1, size: 0 }, "EINVAL"],
        [{ address, size: -1 }, "EINVAL"],
        [{ address, size: 2 ** 32 }, "EINVAL"],
        // C would believe them, and write past the end, or abort.
        [{ address, size: 51 }, "EINVAL"],
        [{ address: 0, size: 1 }, "EINVAL"],
        [{ address: freed, size: 50 }, "USE_AFTER_FREE"],
        [{ address: address + 16, size: 0 }, "WRONG_OWNER"],
        [Object.freeze({ address, size: 0 }), "TypeError"],
        [Object.defineProperty({ address }, "size", { value: 0, enumerable: true }), "TypeError"],
      ];
      for (const [cell, code] of cells) {
        for (const minSize of [0, 40, 60, 2147483648]) {
          const before = JSON.stringify(cell);
          assertEquals(codeOf(() => memory[call](cell as FastCell, minSize)), code, before);
          assertEquals(JSON.stringify(cell), before);
        }
      }
      const cell = { address, size: 50 };
      assertEquals(codeOf(() => memory[call](cell, -1)), "EINVAL");
      assertEquals(codeOf(() => memory[call](cell, 0.5)), "TypeError");
      assertEquals(cell, { address, size: 50 });
      assertInUse(tested, 1, 50);
    });
  });
}

describe("memory.fastMallocz()", () => {
  it("gives zeroes up to the size it notes, and leaves a block that is enough as it is", () => {
    const { memory } = testedMemory();
    const dirty = memory.malloc(300);
    memory.write(dirty, new Uint8Array(300).fill(255));
    memory.free(dirty);
    const cell = { address: 0, size: 0 };
    memory.fastMallocz(cell, 251);
    assertEquals(memory.read(cell.address, cell.size), new Uint8Array(298));
    memory.write(cell.address, new Uint8Array(298).fill(7));
    memory.fastMallocz(cell, 298);
    assertEquals(memory.read(cell.address, 298), new Uint8Array(298).fill(7));
  });
});

describe("memory.fastRealloc()", () => {
  it("keeps what is in the block", () => {
    const { memory } = testedMemory();
    const cell = { address: 0, size: 0 };
    memory.fastRealloc(cell, 30);
    const bytes = Uint8Array.from({ length: cell.size }, (_, i) => i);
    memory.write(cell.address, bytes);
    const other = memory.malloc(1);
    memory.fastRealloc(cell, 7001);
    assertEquals(memory.read(cell.address, bytes.length), bytes);
    memory.free(other);
  });
});
