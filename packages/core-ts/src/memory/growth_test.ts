import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { Heap, type HeapStorage } from "@mediamem/core-ts/memory";

function byteLength(storage: HeapStorage): number {
  return "byteLength" in storage ? storage.byteLength : storage.buffer.byteLength;
}

const MOST = 16 * 65536;
const STORAGES: Record<string, (initial: number) => HeapStorage> = {
  "a resizable ArrayBuffer": (initial) => new ArrayBuffer(initial, { maxByteLength: MOST }),
  "a growable SharedArrayBuffer": (initial) => new SharedArrayBuffer(initial, { maxByteLength: MOST }),
  "a WebAssembly.Memory": (initial) => new WebAssembly.Memory({ initial: initial >>> 16, maximum: 16 }),
  "a shared WebAssembly.Memory": (initial) =>
    new WebAssembly.Memory({ initial: initial >>> 16, maximum: 16, shared: true }),
};

describe("a heap that grows", () => {
  for (const [name, make] of Object.entries(STORAGES)) {
    it(`uses ${name} to its maximum, keeps what is in it, and no more`, () => {
      for (const initial of [0, 65536, 65537]) {
        const storage = make(initial);
        const heap = Heap.create(storage);
        const first = heap.malloc(5000);
        const view = (address: number, size: number): Uint8Array =>
          new Uint8Array("byteLength" in storage ? storage : storage.buffer, address, size);
        view(first, 5000).fill(5);
        const addresses: number[] = [];
        assertThrows(
          () => {
            for (;;) addresses.push(heap.malloc(3000));
          },
          MediaError,
          "no room",
        );
        assert(byteLength(storage) > MOST - 4096);
        assert(heap.stats().free < 8192);
        assert(view(first, 5000).every((byte) => byte === 5));
        assertEquals(heap.check(), []);
        for (const address of addresses) heap.free(address);
        heap.free(first);
        assertEquals(heap.check(), []);
        // All is one block again: growth left no seams.
        heap.malloc(heap.stats().total - 16);
        assertEquals(heap.stats().free, 0);
      }
    });

    it(`grows ${name} for one large request by the bytes that its last block lacks`, () => {
      const storage = make(65536);
      const heap = Heap.create(storage);
      heap.malloc(100);
      heap.malloc(MOST - 65536);
      assertEquals(heap.check(), []);
      assertEquals(assertThrows(() => heap.malloc(65536), MediaError).code, "ENOMEM");
      assertEquals(heap.check(), []);
    });

    it(`steps over what somebody else adds to ${name}`, () => {
      const storage = make(65536);
      const heap = Heap.create(storage);
      heap.malloc(40_000);
      if ("grow" in storage) storage.grow("byteLength" in storage ? 131072 : 1);
      else storage.resize(131072);
      const buffer = "byteLength" in storage ? storage : storage.buffer;
      const theirs = new Uint8Array(buffer, 65536, 65536).fill(8);
      const address = heap.malloc(60_000);
      assert(address >= 131072);
      const states = [...heap.walk()].map(({ state }) => state);
      assertEquals(states.filter((state) => state === "foreign").length, 1);
      assertEquals(heap.check(), []);
      if (theirs.length > 0) assert(theirs.every((byte) => byte === 8));
      assertEquals(assertThrows(() => heap.free(65536), MediaError).code, "WRONG_OWNER");
      heap.free(address);
      assertEquals(heap.check(), []);
    });
  }

  it("does not shrink or grow where a request fails", () => {
    const storage = new ArrayBuffer(65536, { maxByteLength: 131072 });
    const heap = Heap.create(storage);
    assertEquals(assertThrows(() => heap.malloc(131072), MediaError).code, "ENOMEM");
    assertEquals([storage.byteLength, heap.check()], [65536, []]);
  });
});

describe("a heap of 4 GiB", () => {
  const storages: Record<string, () => HeapStorage> = {
    "an ArrayBuffer": () => new ArrayBuffer(2 ** 32),
    "a WebAssembly.Memory": () => new WebAssembly.Memory({ initial: 1, maximum: 65536 }),
  };
  for (const [name, make] of Object.entries(storages)) {
    // The storage is not written but for the headers, so that the machine needs next to no memory for it.
    it(`hands out addresses beyond 2^31 in ${name}`, () => {
      const heap = Heap.create(make());
      const low = heap.malloc(2 ** 31 - 2 ** 20);
      const high = heap.malloc(2 ** 30);
      const higher = heap.malloc(2 ** 29, 2 ** 29);
      const rest = heap.malloc(heap.stats().largestFree);
      assert(high > 2 ** 30 && higher >= 2 ** 31 && Math.max(high, higher, rest) > 2 ** 31);
      assertEquals(higher % 2 ** 29, 0);
      assertEquals(heap.check(), []);
      assertEquals([...heap.walk()].filter(({ state }) => state === "used").length, 4);
      const last = [...Array(20)].map(() => heap.malloc(1000));
      assertEquals(assertThrows(() => heap.free(higher + 64), MediaError).code, "WRONG_OWNER");
      assertEquals(assertThrows(() => heap.malloc(2 ** 32 - 1), MediaError).code, "ENOMEM");
      const { live, bytes } = heap.stats();
      assertEquals([live, bytes > 2 ** 31 + 2 ** 30, bytes < 2 ** 32], [24, true, true]);
      for (const address of [...last, rest, high, low, higher]) heap.free(address);
      assertEquals([heap.check(), heap.stats().bytes, heap.stats().live], [[], 0, 0]);
      assert(heap.stats().peak > 2 ** 31);
    });
  }

  it("keeps contents and finds overruns beyond 2^31", () => {
    const storage = new ArrayBuffer(2 ** 32);
    const heap = Heap.create(storage, { checked: true });
    heap.malloc(16);
    const gap = Heap.create(storage, { start: 2 ** 32 - 2 ** 20, checked: true });
    const address = gap.malloc(100);
    assert(address > 2 ** 32 - 2 ** 20);
    const bytes = new Uint8Array(storage);
    bytes.fill(4, address, address + 100);
    const moved = gap.realloc(address, 5000);
    assertEquals([...bytes.subarray(moved, moved + 100)], Array(100).fill(4));
    bytes[moved + 5000] = 1;
    assertEquals(assertThrows(() => gap.free(moved), MediaError, "1 byte past its end").code, "CORRUPTED");
  });
});
