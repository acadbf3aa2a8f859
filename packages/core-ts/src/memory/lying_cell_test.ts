import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { type ArrayCell, type FastCell, MediaError, type Memory } from "@mediamem/interface";
import { createCore } from "../backend.ts";

/** A cell whose `size` and `count` free its block when they are first read. */
function freeingCell(memory: Memory, value: number): FastCell & ArrayCell {
  const address = memory.malloc(64);
  let read = false;
  const field = {
    get(): number {
      if (!read) memory.free(address);
      read = true;
      return value;
    },
    set(): void {},
  };
  return Object.defineProperties({ address }, { size: field, count: field }) as FastCell & ArrayCell;
}

describe("a cell that frees its block while it is read", () => {
  it("is refused before the block is used", () => {
    using backend = createCore();
    const { ledger, memory } = backend;
    const calls: (() => void)[] = [
      () => memory.fastMalloc(freeingCell(memory, 64), 1000),
      () => memory.fastMallocz(freeingCell(memory, 64), 1000),
      () => memory.fastRealloc(freeingCell(memory, 64), 1000),
      () => memory.dynarrayAdd(freeingCell(memory, 4), 1),
      () => memory.dynarrayAdd(freeingCell(memory, 5), 1),
      () => memory.dynarrayAddNofree(freeingCell(memory, 4), 1),
      () => memory.dynarrayAddNofree(freeingCell(memory, 7), 1),
      () => memory.dynarray2Add(freeingCell(memory, 4), 8, null),
      () => memory.dynarray2Add(freeingCell(memory, 3), 8, null),
    ];
    for (const call of calls) assertEquals(assertThrows(call, MediaError).code, "USE_AFTER_FREE");
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });
});
