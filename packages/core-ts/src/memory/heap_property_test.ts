import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MediaError } from "@mediamem/interface";
import { Heap, type HeapOptions, type HeapStorage } from "@mediamem/core-ts/memory";

type Operation =
  | { readonly do: "malloc"; readonly size: number; readonly alignment?: number }
  | { readonly do: "realloc"; readonly size: number; readonly which: number }
  | { readonly do: "limit"; readonly bytes: number }
  | { readonly do: "free" | "freeTwice" | "freeInside"; readonly which: number };

const size = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 5000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 100_000 }) },
);
const which = fc.nat(1000);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("malloc" as const), size }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("malloc" as const),
      size,
      alignment: fc.integer({ min: 0, max: 14 }).map((power) => 2 ** power),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("free" as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("realloc" as const), size, which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("limit" as const),
      bytes: fc.oneof(fc.nat(100_000), fc.constant(Infinity)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constantFrom("freeTwice" as const, "freeInside" as const), which }),
  },
);

interface Block {
  readonly address: number;
  readonly size: number;
  readonly fill: number;
}

/** The simple model: a list of blocks, each filled with a byte of its own. */
class Model {
  readonly heap: Heap;
  readonly live: Block[] = [];
  readonly freed: number[] = [];
  #fill = 1;

  constructor(storage: HeapStorage, options: HeapOptions) {
    this.heap = Heap.create(storage, options);
  }

  bytes(block: Block): Uint8Array {
    const { storage } = this.heap;
    return new Uint8Array("byteLength" in storage ? storage : storage.buffer, block.address, block.size);
  }

  add(address: number, size: number): void {
    const block = { address, size, fill: this.#fill = this.#fill % 251 + 1 };
    for (const other of this.live) {
      assert(address + size <= other.address || other.address + other.size <= address, "two blocks overlap");
      assert(address !== other.address, "two blocks have one address");
    }
    this.bytes(block).fill(block.fill);
    this.live.push(block);
  }

  pick(which: number): Block | undefined {
    return this.live[which % this.live.length];
  }

  /** Runs a request that may fail for lack of memory or budget, and then must change nothing. */
  request(size: number, freed: number, request: () => number): number | undefined {
    const before = this.heap.stats();
    try {
      return request();
    } catch (error) {
      const { code } = error as MediaError;
      const over = before.bytes - freed + size > this.heap.limitBytes;
      assertEquals(code, over ? "OVER_BUDGET" : "ENOMEM");
      const { live, bytes, peak } = this.heap.stats();
      assertEquals([live, bytes, peak], [before.live, before.bytes, before.peak]);
      return undefined;
    }
  }

  remove(block: Block): void {
    this.live.splice(this.live.indexOf(block), 1);
    assert(this.bytes(block).every((byte) => byte === block.fill), "a neighbour wrote into a block");
  }

  /** Holds the figures and the walk against the model. */
  compare(): void {
    const { live, bytes, free, largestFree, quarantined, total, fragmentation } = this.heap.stats();
    assertEquals([live, bytes], [this.live.length, this.live.reduce((sum, block) => sum + block.size, 0)]);
    assert(largestFree <= free && free + quarantined + bytes <= total, "the figures do not add up");
    assert(fragmentation >= 0 && fragmentation < 1);
    const used: [number, number][] = [];
    let end: number | undefined;
    for (const block of this.heap.walk()) {
      assertEquals(block.start, end ?? block.start);
      end = block.start + block.length;
      if (block.state === "used") used.push([block.address, block.size]);
    }
    const wanted = this.live.map(({ address, size }): [number, number] => [address, size]);
    assertEquals(used, wanted.sort(([a], [b]) => a - b));
  }

  apply(operation: Operation): void {
    const { heap } = this;
    if (operation.do === "malloc") {
      const { size, alignment = heap.alignment } = operation;
      const address = this.request(size, 0, () => heap.malloc(size, alignment));
      if (address === undefined) return;
      assertEquals(address % alignment, 0);
      assertEquals(address % heap.alignment, 0);
      this.add(address, size);
      return;
    }
    if (operation.do === "limit") {
      heap.limitBytes = operation.bytes;
      return;
    }
    const block = this.pick(operation.which);
    if (block === undefined) return;
    assert(heap.usableSize(block.address) >= block.size);
    if (operation.do === "realloc") {
      const { size } = operation;
      const address = this.request(size, block.size, () => heap.realloc(block.address, size));
      if (address === undefined) return;
      assertEquals(address % heap.alignment, 0);
      const kept = { address, size: Math.min(size, block.size), fill: block.fill };
      this.live.splice(this.live.indexOf(block), 1, kept);
      this.remove(kept);
      this.add(address, size);
      return;
    }
    if (operation.do === "freeInside") {
      assertEquals(assertThrows(() => heap.free(block.address + 1), MediaError).code, "WRONG_OWNER");
      return;
    }
    this.remove(block);
    heap.free(block.address);
    if (operation.do === "freeTwice") {
      assertEquals(assertThrows(() => heap.free(block.address), MediaError).code, "DOUBLE_FREE");
    }
  }
}

const STORAGES: Record<string, () => HeapStorage> = {
  "an ArrayBuffer": () => new ArrayBuffer(300_000),
  "a resizable ArrayBuffer": () => new ArrayBuffer(10_000, { maxByteLength: 300_000 }),
  "a SharedArrayBuffer": () => new SharedArrayBuffer(300_001),
  "a growable SharedArrayBuffer": () => new SharedArrayBuffer(10_000, { maxByteLength: 300_000 }),
  "a WebAssembly.Memory": () => new WebAssembly.Memory({ initial: 1, maximum: 5 }),
};

describe("a heap under random operations", () => {
  for (const [name, make] of Object.entries(STORAGES)) {
    it(`is sound after each of them, in ${name}`, () => {
      const alignment = fc.constantFrom(16 as const, 32 as const, 64 as const);
      const start = fc.constantFrom(0, 64, 4096);
      const checked = fc.boolean();
      // Without the size, fast-check stops at about ten.
      const operations = fc.array(operation, { maxLength: 120, size: "max" });
      fc.assert(
        fc.property(alignment, start, checked, operations, (alignment, start, checked, operations) => {
          const model = new Model(make(), { alignment, start, checked, quarantineBytes: 20_000 });
          for (const one of operations) {
            model.apply(one);
            assertEquals(model.heap.check(), []);
            model.compare();
          }
          for (const block of [...model.live]) {
            model.remove(block);
            model.heap.free(block.address);
          }
          assertEquals(model.heap.check(), []);
          model.compare();
        }),
        { numRuns: 200 },
      );
    });
  }
});
