import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type FastCell, MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, major, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("the fast allocations of libavutil", () => {
  it("grow by a sixteenth and 32 bytes, and not while there is room", () => {
    for (const name of ["fastMalloc", "fastMallocz", "fastRealloc"] as const) {
      using backend = loadAvutil();
      const { memory, ledger } = backend;
      const cell: FastCell = { address: 0, size: 0 };
      const sizes = [0, 1, 33, 42, 100, 139, 1000, 2000, 5000].map((size) => {
        memory[name](cell, size);
        return cell.size;
      });
      assertEquals(sizes, [0, 33, 33, 76, 138, 179, 1094, 2157, 5344]);
      assertEquals([ledger.live, ledger.bytes, memory.read(cell.address, 5344).length], [1, 5344, 5344]);
      memory.freep(cell);
    }
  });

  it("zero or keep the bytes as C says", () => {
    const { memory } = avutil;
    const cell: FastCell = { address: 0, size: 0 };
    memory.fastMallocz(cell, 7);
    assertEquals(memory.read(cell.address, cell.size), new Uint8Array(cell.size));
    memory.write(cell.address, Uint8Array.of(1, 2, 3));
    memory.fastRealloc(cell, 70_001);
    assertEquals([...memory.read(cell.address, 3)], [1, 2, 3]);
    memory.freep(cell);
  });

  it("leave behind what C leaves when there is no memory or no budget", () => {
    using backend = loadAvutil({ limitBytes: 200 });
    const { memory, ledger } = backend;
    for (const [size, code] of [[2 ** 40, "ENOMEM"], [300, "OVER_BUDGET"]] as const) {
      const cell: FastCell = { address: 0, size: 0 };
      memory.fastMalloc(cell, 100);
      assertEquals(codeOf(() => memory.fastMalloc(cell, size)), code);
      assertEquals([cell.address, cell.size, ledger.live, ledger.bytes], [0, 0, 0, 0]);
      memory.fastRealloc(cell, 100);
      const { address } = cell;
      assertEquals(codeOf(() => memory.fastRealloc(cell, size)), code);
      assertEquals([cell.address, cell.size, ledger.live, ledger.bytes], [address, 0, 1, 138]);
      memory.fastMallocz(cell, 100);
      assertEquals([cell.size, ledger.live, ledger.bytes], [138, 1, 138]);
      memory.freep(cell);
    }
  });

  it("stay below the cap, from 57 on", () => {
    using backend = loadAvutil();
    const { memory } = backend;
    const cell: FastCell = { address: 0, size: 0 };
    memory.maxAlloc(100);
    if (major === 56) assertEquals(codeOf(() => memory.fastMalloc(cell, 90)), "ENOMEM");
    else memory.fastMalloc(cell, 90);
    memory.fastRealloc(cell, 91);
    assertEquals(cell.size, 100);
    assertEquals(codeOf(() => memory.fastRealloc(cell, 101)), "ENOMEM");
    memory.freep(cell);
  });

  it("refuse a cell that says more than is true: C would write past the end, or end the process", () => {
    const { memory } = avutil;
    for (const cell of [{ address: 0, size: 10 }, { address: memory.malloc(5), size: 6 }]) {
      const before = { ...cell };
      for (const name of ["fastMalloc", "fastMallocz", "fastRealloc"] as const) {
        assertEquals(codeOf(() => memory[name](cell, 5)), "EINVAL");
        assertEquals(codeOf(() => memory[name](cell, 500)), "EINVAL");
      }
      assertEquals(cell, before);
      memory.free(cell.address);
    }
    assertEquals(codeOf(() => memory.fastMalloc({ address: 0, size: 2 ** 32 }, 5)), "EINVAL");
    assertEquals(codeOf(() => memory.fastMalloc({ address: 0, size: 0 }, -5)), "EINVAL");
    assertThrows(() => memory.fastMalloc({ address: 0 } as FastCell, 5), TypeError);
  });
});
