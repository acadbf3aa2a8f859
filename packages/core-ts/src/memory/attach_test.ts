import { Worker } from "node:worker_threads";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { Heap, type HeapStorage } from "@mediamem/core-ts/memory";

describe("Heap.attach()", () => {
  it("sees what the other heap did, growth included, and the other way round", () => {
    const storages: HeapStorage[] = [
      new ArrayBuffer(1 << 20),
      new ArrayBuffer(20_000, { maxByteLength: 1 << 20 }),
      new SharedArrayBuffer(20_000, { maxByteLength: 1 << 20 }),
      new WebAssembly.Memory({ initial: 1, maximum: 20 }),
      new WebAssembly.Memory({ initial: 1, maximum: 20, shared: true }),
    ];
    for (const storage of storages) {
      const first = Heap.create(storage, { alignment: 32, limitBytes: 1_000_000 });
      const second = Heap.attach(storage);
      assertEquals([second.alignment, second.limitBytes, second.storage], [32, 1_000_000, storage]);
      const small = first.malloc(100);
      const large = second.malloc(100_000);
      const larger = first.malloc(200_000);
      assertEquals([first.stats().bytes, second.stats()], [300_100, first.stats()]);
      for (const address of [large, larger, small]) {
        second.free(address);
        assertEquals(assertThrows(() => first.free(address), MediaError).code, "DOUBLE_FREE");
      }
      assertEquals([first.check(), second.check()], [[], []]);
    }
  });

  it("refuses a storage without a heap, or with one of another format", () => {
    const storage = new ArrayBuffer(65536);
    assertEquals(assertThrows(() => Heap.attach(storage), MediaError, "first word is 0x0").code, "EINVAL");
    assertThrows(() => Heap.attach(new ArrayBuffer(64)), MediaError, "the storage has 64 bytes");
    assertThrows(() => Heap.attach(storage, 1), MediaError, "start is 1");
    assertThrows(() => Heap.attach(storage, "0" as never), TypeError, "start is");
    assertThrows(() => Heap.attach({} as ArrayBuffer), TypeError, "storage is Object");
    Heap.create(storage);
    new Int32Array(storage)[1] = 2;
    assertEquals(
      assertThrows(() => Heap.attach(storage), MediaError, "version 2, wanted 1").code,
      "ABI_MISMATCH",
    );
  });

  it("refuses a heap whose storage was cut off", () => {
    const storage = new ArrayBuffer(65536, { maxByteLength: 65536 });
    const heap = Heap.create(storage);
    storage.resize(30_000);
    for (const call of [() => heap.malloc(1), () => heap.check(), () => Heap.attach(storage)]) {
      assertEquals(assertThrows(call, MediaError, "storage has 30000 bytes").code, "CORRUPTED");
    }
    storage.resize(65536);
  });

  it("works from another thread", async () => {
    const storage = new SharedArrayBuffer(40_000, { maxByteLength: 1 << 20 });
    const heap = Heap.create(storage);
    const mine = heap.malloc(1000);
    const guard = heap.malloc(10);
    const worker = new Worker(new URL("./testdata/attach_worker_test.ts", import.meta.url));
    try {
      const theirs = await new Promise<number>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
        worker.postMessage({ storage, free: mine, size: 300_000 });
      });
      assertEquals(heap.stats().bytes, 300_010);
      assert(new Uint8Array(storage, theirs, 300_000).every((byte) => byte === 77));
      assertEquals(assertThrows(() => heap.free(mine), MediaError).code, "DOUBLE_FREE");
      heap.free(theirs);
      heap.free(guard);
      assertEquals([heap.stats().live, heap.check()], [0, []]);
    } finally {
      await worker.terminate();
    }
  });
});
