import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { ArrayCell } from "@mediamem/interface";
import { assertInUse, codeOf, testedMemory } from "./testdata/tested_memory_test.ts";

describe("memory.dynarrayAdd()", () => {
  it("makes room at 1, 2, 4, 8 … elements, and holds 64-bit pointers", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const cell = { address: 0, count: 0 };
    const pointers = [1, 0, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER, 64, 2 ** 40 + 7];
    const room = [1, 2, 4, 4, 8, 8, 8];
    for (const [i, pointer] of pointers.entries()) {
      memory.dynarrayAdd(cell, pointer);
      assertEquals(cell.count, i + 1);
      assertInUse(tested, 1, 8 * room[i]!);
    }
    const bytes = memory.read(cell.address, 8 * pointers.length);
    assertEquals([...new BigUint64Array(bytes.buffer)], pointers.map(BigInt));
  });

  it("frees the array where it fails, and dynarrayAddNofree keeps it", () => {
    for (const [call, keeps] of [["dynarrayAdd", false], ["dynarrayAddNofree", true]] as const) {
      for (const code of ["ENOMEM", "OVER_BUDGET"]) {
        const tested = testedMemory();
        const { memory } = tested;
        const cell = { address: 0, count: 0 };
        for (let i = 0; i < 4; i++) memory[call](cell, i);
        const before = { ...cell };
        if (code === "ENOMEM") memory.maxAlloc(63);
        else tested.ledger.limitBytes = 63;
        assertEquals(codeOf(() => memory[call](cell, 4)), code);
        assertEquals(cell, keeps ? before : { address: 0, count: 0 });
        assertInUse(tested, keeps ? 1 : 0, keeps ? 32 : 0);
      }
    }
  });
});

describe("memory.dynarray2Add()", () => {
  it("copies elements of any size, and gives their addresses", () => {
    for (const size of [1, 3, 24, 100]) {
      const tested = testedMemory();
      const { memory } = tested;
      const cell = { address: 0, count: 0 };
      const all: number[] = [];
      for (let i = 0; i < 9; i++) {
        const element = Uint8Array.from({ length: size + i % 2 }, (_, k) => 16 * i + k);
        const address = memory.dynarray2Add(cell, size, element);
        assertEquals(address, cell.address + i * size);
        all.push(...element.subarray(0, size));
        assertEquals([...memory.read(cell.address, all.length)], all);
      }
      assertInUse(tested, 1, 16 * size);
    }
  });

  it("leaves an element without data as it finds it", () => {
    const { memory } = testedMemory();
    const cell = { address: 0, count: 0 };
    const element = memory.dynarray2Add(cell, 5, null);
    assertEquals([element, cell.count], [cell.address, 1]);
  });

  it("takes data of the array itself, which moves", () => {
    for (const storage of [new ArrayBuffer(1 << 16), new WebAssembly.Memory({ initial: 1 })]) {
      const { memory } = testedMemory({ storage, checked: true });
      const cell = { address: 0, count: 0 };
      memory.dynarray2Add(cell, 3, new Uint8Array([1, 2, 3]));
      for (let i = 0; i < 8; i++) memory.dynarray2Add(cell, 3, memory.unsafeView(cell.address, 3));
      assertEquals([...memory.read(cell.address + 24, 3)], [1, 2, 3]);
    }
  });

  it("stops at INT_MAX bytes, whatever the cap", () => {
    const tested = testedMemory();
    const { memory } = tested;
    memory.maxAlloc(Number.MAX_SAFE_INTEGER);
    for (const size of [2147483648, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      const cell = { address: 0, count: 0 };
      assertEquals(codeOf(() => memory.dynarray2Add(cell, size, null)), "ENOMEM");
      assertEquals(cell, { address: 0, count: 0 });
    }
    const cell = { address: 0, count: 0 };
    memory.dynarray2Add(cell, 1000, null);
    assertInUse(tested, 1, 1000);
    memory.free(cell.address);
  });

  it("refuses what C would crash on, and leaves the array", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const cell = { address: 0, count: 0 };
    memory.dynarray2Add(cell, 4, null);
    const before = { ...cell };
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 0, null)), "EINVAL");
    assertEquals(codeOf(() => memory.dynarray2Add(cell, -1, null)), "EINVAL");
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 0.5, null)), "TypeError");
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 4, new Uint8Array(3))), "EINVAL");
    assertEquals(
      codeOf(() => memory.dynarray2Add(cell, 4, [1, 2, 3, 4] as unknown as Uint8Array)),
      "TypeError",
    );
    const gone = new Uint8Array(4);
    gone.buffer.transfer();
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 4, gone)), "USE_AFTER_FREE");
    assertEquals(cell, before);
    assertInUse(tested, 1, 4);
  });
});

describe("an array's cell", () => {
  it("is refused where its block cannot have so many elements", () => {
    const tested = testedMemory();
    const { memory } = tested;
    const address = memory.malloc(50);
    const freed = memory.malloc(8);
    memory.free(freed);
    const cells: readonly [unknown, string][] = [
      [null, "TypeError"],
      [{ address }, "TypeError"],
      [{ address, count: 0.5 }, "TypeError"],
      [{ address, count: -1 }, "EINVAL"],
      [{ address, count: 2147483648 }, "EINVAL"],
      [{ address, count: 2147483647 }, "EINVAL"],
      // Room for 8 is what a count of 5 means.
      [{ address, count: 5 }, "EINVAL"],
      [{ address, count: 8 }, "EINVAL"],
      [{ address: 0, count: 1 }, "EINVAL"],
      [{ address: 0, count: 3 }, "EINVAL"],
      [{ address: freed, count: 1 }, "USE_AFTER_FREE"],
      [{ address: address + 16, count: 1 }, "WRONG_OWNER"],
      [Object.freeze({ address, count: 1 }), "TypeError"],
      [Object.defineProperty({ address }, "count", { value: 1, enumerable: true }), "TypeError"],
    ];
    for (const [cell, code] of cells) {
      const before = JSON.stringify(cell);
      const wrong = cell as ArrayCell;
      assertEquals(codeOf(() => memory.dynarrayAdd(wrong, 0)), code, before);
      assertEquals(codeOf(() => memory.dynarrayAddNofree(wrong, 0)), code, before);
      assertEquals(codeOf(() => memory.dynarray2Add(wrong, 8, null)), code, before);
      assertEquals(JSON.stringify(cell), before);
    }
    const cell = { address, count: 3 };
    for (const [pointer, code] of [[-1, "EINVAL"], [0.5, "TypeError"], [5n, "TypeError"]] as const) {
      assertEquals(codeOf(() => memory.dynarrayAdd(cell, pointer as number)), code);
      assertEquals(codeOf(() => memory.dynarrayAddNofree(cell, pointer as number)), code);
    }
    memory.dynarrayAdd(cell, 5);
    assertEquals(cell, { address, count: 4 });
    assertInUse(tested, 1, 50);
  });
});
