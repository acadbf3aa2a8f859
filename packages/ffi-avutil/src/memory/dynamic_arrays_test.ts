import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type ArrayCell, MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("the dynamic arrays of libavutil", () => {
  it("hold pointers, in 1, 2, 4, 8 … places", () => {
    for (const name of ["dynarrayAdd", "dynarrayAddNofree"] as const) {
      using backend = loadAvutil();
      const { memory, ledger } = backend;
      const cell: ArrayCell = { address: 0, count: 0 };
      const bytes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => {
        memory[name](cell, i * 2 ** 40 + i);
        return ledger.bytes;
      });
      assertEquals(bytes, [8, 16, 32, 32, 64, 64, 64, 64, 128]);
      const elements = new BigUint64Array(memory.read(cell.address, 72).buffer);
      assertEquals([...elements], [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n].map((i) => (i << 40n) + i));
      assertEquals([cell.count, ledger.live], [9, 1]);
      memory.freep(cell);
    }
  });

  it("hold elements of any size, also ones that lie in the array itself", () => {
    const { memory } = avutil;
    const cell: ArrayCell = { address: 0, count: 0 };
    memory.dynarray2Add(cell, 3, Uint8Array.of(1, 2, 3, 4));
    for (let i = 0; i < 6; i++) {
      const first = memory.unsafeView(cell.address, 3);
      assertEquals(memory.dynarray2Add(cell, 3, first), cell.address + 3 * (cell.count - 1));
    }
    memory.dynarray2Add(cell, 3, null);
    assertEquals(cell.count, 8);
    assertEquals([...memory.read(cell.address, 21)], Array(7).fill([1, 2, 3]).flat());
    memory.freep(cell);
  });

  it("read no more of an element than there is, whatever it says", () => {
    const { memory } = avutil;
    const cell: ArrayCell = { address: 0, count: 0 };
    const data = Uint8Array.of(1, 2, 3, 4);
    data.slice = () => new Uint8Array(0);
    data.subarray = () => new Uint8Array(0);
    memory.dynarray2Add(cell, 4, data);
    assertEquals([...memory.read(cell.address, 4)], [1, 2, 3, 4]);
    Object.defineProperty(data, "length", { value: 2 ** 26 });
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 5, data)), "EINVAL");
    memory.freep(cell);
  });

  it("are freed where there is no memory or no budget, but for dynarrayAddNofree", () => {
    using backend = loadAvutil({ limitBytes: 40 });
    const { memory, ledger } = backend;
    const full = (): ArrayCell => {
      const cell = { address: 0, count: 0 };
      for (let i = 0; i < 4; i++) memory.dynarrayAdd(cell, i);
      return cell;
    };
    let cell = full();
    assertEquals(codeOf(() => memory.dynarrayAddNofree(cell, 5)), "OVER_BUDGET");
    assertEquals([cell.count, ledger.live, ledger.bytes], [4, 1, 32]);
    assertEquals(codeOf(() => memory.dynarrayAdd(cell, 5)), "OVER_BUDGET");
    assertEquals([cell.address, cell.count, ledger.live, ledger.bytes], [0, 0, 0, 0]);
    ledger.limitBytes = Infinity;
    memory.maxAlloc(63);
    cell = full();
    assertEquals(codeOf(() => memory.dynarrayAddNofree(cell, 5)), "ENOMEM");
    assertEquals([cell.count, ledger.live, ledger.bytes], [4, 1, 32]);
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 8, null)), "ENOMEM");
    assertEquals([cell.address, cell.count, ledger.live, ledger.bytes], [0, 0, 0, 0]);
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 2 ** 31, null)), "ENOMEM");
  });

  it("refuse a count that the block does not hold: C would write past its end", () => {
    const { memory } = avutil;
    const address = memory.malloc(32);
    for (const count of [5, 7, 8, 9, 2 ** 30, 2 ** 31 - 1]) {
      assertEquals(codeOf(() => memory.dynarrayAdd({ address, count }, 1)), "EINVAL");
      assertEquals(codeOf(() => memory.dynarray2Add({ address, count }, 8, null)), "EINVAL");
    }
    assertEquals(codeOf(() => memory.dynarrayAdd({ address: 0, count: 1 }, 1)), "EINVAL");
    assertEquals(codeOf(() => memory.dynarrayAdd({ address, count: -1 }, 1)), "EINVAL");
    const cell = { address, count: 3 };
    memory.dynarrayAdd(cell, 1);
    assertEquals(cell, { address, count: 4 });
    memory.free(address);
  });

  it("refuse elements that are none, and sizes that would end the process", () => {
    const { memory } = avutil;
    const cell: ArrayCell = { address: 0, count: 0 };
    assertThrows(() => memory.dynarrayAdd(cell, 1.5), TypeError);
    assertEquals(codeOf(() => memory.dynarrayAdd(cell, -1)), "EINVAL");
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 0, null)), "EINVAL");
    assertEquals(codeOf(() => memory.dynarray2Add(cell, 8, new Uint8Array(7))), "EINVAL");
    assertEquals(cell, { address: 0, count: 0 });
  });
});
