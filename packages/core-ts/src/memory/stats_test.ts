import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { Heap } from "@mediamem/core-ts/memory";

describe("Heap.stats()", () => {
  it("counts what was asked for, and keeps the peak", () => {
    const heap = Heap.create(new ArrayBuffer(65536));
    const start = heap.stats();
    assertEquals([start.live, start.bytes, start.peak, start.fragmentation], [0, 0, 0, 0]);
    assertEquals(start.free, start.total);
    const addresses = [heap.malloc(100), heap.malloc(50), heap.malloc(1)];
    heap.free(addresses[1]!);
    const { live, bytes, peak, free, total } = heap.stats();
    assertEquals([live, bytes, peak, free], [2, 101, 151, total - 128 - 64]);
  });

  it("ends where somebody wrote over the list of free blocks", () => {
    const storage = new ArrayBuffer(100_000);
    const heap = Heap.create(storage);
    heap.malloc(1);
    const [free] = [...heap.walk()].filter(({ state }) => state === "free");
    const words = new Int32Array(storage);
    const block = free!.start / 4;
    for (const next of [block, -1, 2 ** 30, block + 1]) {
      words[block + 2] = next;
      assertEquals(heap.stats().largestFree >= free!.size, true);
    }
  });

  it("gives the largest request that needs no more storage", () => {
    for (const checked of [false, true]) {
      const heap = Heap.create(new ArrayBuffer(100_000), { checked, quarantineBytes: 0 });
      const hole = heap.malloc(20_000);
      const guard = heap.malloc(1);
      heap.free(hole);
      const { largestFree } = heap.stats();
      assertThrows(() => heap.malloc(largestFree + 1), MediaError, "no room");
      heap.free(heap.malloc(largestFree));
      heap.free(guard);
      assertEquals(heap.stats().fragmentation, 0);
      const all = heap.stats().largestFree;
      heap.malloc(all);
      assertEquals(heap.stats().largestFree, 0);
    }
  });

  it("calls holes before the last block in use fragmentation", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20));
    const blocks = Array.from({ length: 8 }, () => heap.malloc(1000));
    assertEquals(heap.stats().fragmentation, 0);
    for (const i of [1, 3]) heap.free(blocks[i]!);
    assertEquals(heap.stats().fragmentation, 2 / 8);
    heap.free(blocks[7]!);
    assertEquals(heap.stats().fragmentation, 2 / 7);
  });
});

describe("Heap.limitBytes", () => {
  it("stops requests at the byte, names the largest blocks, and can be changed", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { limitBytes: 1000 });
    const [a, b] = [heap.malloc(600), heap.malloc(200)] as const;
    heap.malloc(10);
    const small = heap.malloc(1);
    const { code, message, averror } = assertThrows(() => heap.malloc(190), MediaError);
    assertEquals([code, averror], ["OVER_BUDGET", -12]);
    assertEquals(
      message,
      `Cannot call malloc: 190 bytes on top of 811 in use, wanted at most 1000 in all; largest: 600 bytes at ${a}, 200 bytes at ${b}, 10 bytes at ${
        small - 64
      }`,
    );
    heap.free(heap.malloc(189));
    assertEquals([heap.limitBytes, heap.check()], [1000, []]);
    heap.limitBytes = 10;
    assertThrows(() => heap.malloc(1), MediaError, "wanted at most 10");
    heap.limitBytes = Infinity;
    assertEquals(heap.limitBytes, Infinity);
    heap.malloc(5000);
    heap.limitBytes = 2 ** 40;
    assertEquals(heap.limitBytes, Infinity);
    assertThrows(() => heap.limitBytes = -1, MediaError, "limitBytes is -1");
    assertThrows(() => heap.limitBytes = 1.5, TypeError, "limitBytes is 1.5");
  });

  it("lets nothing but empty blocks through at 0", () => {
    const heap = Heap.create(new ArrayBuffer(65536), { limitBytes: 0 });
    const address = heap.malloc(0);
    assertThrows(() => heap.malloc(1), MediaError, `wanted at most 0 in all; largest: 0 bytes at ${address}`);
  });
});

describe("Heap.walk()", () => {
  it("shows blocks of every kind", () => {
    const heap = Heap.create(new ArrayBuffer(1 << 20));
    const addresses = Array.from({ length: 200 }, () => heap.malloc(100));
    heap.free(addresses[100]!);
    heap.malloc(1, 8192);
    const blocks = [...heap.walk()];
    assertEquals(blocks[100], {
      address: addresses[100]!,
      size: 112,
      state: "reserved",
      start: addresses[100]! - 16,
      length: 128,
    });
    assertEquals(blocks.filter(({ state }) => state === "used").length, 200);
    assertEquals(blocks.filter(({ state }) => state === "free").length, 2);
  });
});
