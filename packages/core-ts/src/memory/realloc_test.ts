import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { Heap } from "@mediamem/core-ts/memory";

function filled(storage: ArrayBuffer, address: number, size: number): Uint8Array {
  return new Uint8Array(storage, address, size).fill(9);
}

describe("Heap.realloc()", () => {
  it("is malloc for address 0", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const address = heap.realloc(0, 100);
    assertEquals([address % 64, heap.stats().live, heap.stats().bytes], [0, 1, 100]);
  });

  it("keeps a block for size 0", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const address = heap.malloc(1000);
    assertEquals(heap.realloc(address, 0), address);
    assertEquals([heap.stats().live, heap.stats().bytes], [1, 0]);
    heap.free(address);
    assertEquals(heap.check(), []);
  });

  it("stays in place where it shrinks and where what follows is free", () => {
    for (const step of [64, 129, 1000]) {
      const storage = new ArrayBuffer(1 << 20);
      const heap = Heap.create(storage);
      const address = heap.malloc(5000);
      const bytes = filled(storage, address, 5000);
      for (let size = 5000; size > 0; size -= step) {
        assertEquals(heap.realloc(address, size), address);
        assertEquals(heap.check(), []);
        assert(bytes.subarray(0, size).every((byte) => byte === 9));
      }
      const next = heap.malloc(10);
      heap.malloc(10);
      heap.free(next);
      assertEquals(heap.realloc(address, heap.usableSize(address) + 64), address);
      assertEquals(heap.check(), []);
    }
  });

  it("grows up to the last byte of the free memory that follows", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const address = heap.malloc(10);
    const most = heap.usableSize(address) + heap.stats().free;
    assertThrows(() => heap.realloc(address, most + 1), MediaError, "no room");
    assertEquals(heap.realloc(address, most), address);
    assertEquals([heap.check(), heap.stats().free], [[], 0]);
    assertEquals(heap.realloc(address, 10), address);
    assertEquals(heap.check(), []);
  });

  it("moves where a neighbour is in the way, and frees the old place", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage);
    const address = heap.malloc(48);
    heap.malloc(1);
    filled(storage, address, 48);
    const moved = heap.realloc(address, 4000);
    assertNotEquals(moved, address);
    assert(new Uint8Array(storage, moved, 48).every((byte) => byte === 9));
    assertEquals(assertThrows(() => heap.realloc(address, 1), MediaError).code, "DOUBLE_FREE");
    assertEquals(heap.malloc(48), address);
    assertEquals(heap.check(), []);
  });

  it("leaves the block as it was where there is no room or no budget", () => {
    for (const checked of [false, true]) {
      const storage = new ArrayBuffer(65536);
      const heap = Heap.create(storage, { limitBytes: 60000, checked });
      const address = heap.malloc(20000);
      const bytes = filled(storage, address, 20000);
      heap.malloc(1);
      for (const [size, code] of [[59999, "ENOMEM"], [60000, "OVER_BUDGET"], [2 ** 33, "ENOMEM"]] as const) {
        assertEquals(assertThrows(() => heap.realloc(address, size), MediaError).code, code);
        assertThrows(() => heap.realloc(address, 1.5), TypeError, "size is 1.5");
        assert(bytes.every((byte) => byte === 9));
        assertEquals([heap.stats().live, heap.stats().bytes, heap.check()], [2, 20001, []]);
      }
      heap.free(address);
    }
  });

  it("notices a write past the end, and leaves the block as it was", () => {
    for (const size of [10, 5000]) {
      const storage = new ArrayBuffer(65536);
      const heap = Heap.create(storage);
      const address = heap.malloc(1000);
      new Uint8Array(storage, heap.usableSize(address) + address, 8).fill(1);
      assertEquals(assertThrows(() => heap.realloc(address, size), MediaError).code, "CORRUPTED");
      assertEquals(heap.stats().bytes, 1000);
    }
  });

  it("counts the budget without the old block", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { limitBytes: 1000 });
    const address = heap.malloc(900);
    heap.malloc(50);
    heap.free(heap.realloc(address, 950));
    assertEquals(heap.stats().peak, 1000);
  });
});

describe("Heap.usableSize()", () => {
  it("is what may be written without harm", () => {
    for (const size of [0, 1, 47, 48, 49, 1000]) {
      const storage = new ArrayBuffer(65536);
      const heap = Heap.create(storage);
      const address = heap.malloc(size);
      heap.malloc(1);
      const usable = heap.usableSize(address);
      assert(usable >= size && usable < size + 64);
      new Uint8Array(storage, address, usable).fill(255);
      assertEquals(heap.check(), []);
    }
  });

  it("refuses what is no block", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const { code, op } = assertThrows(() => heap.usableSize(64), MediaError);
    assertEquals([code, op], ["WRONG_OWNER", "malloc_usable_size"]);
  });
});
