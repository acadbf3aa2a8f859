import { allocate } from "./allocate.ts";
import { LIMIT_AT, NO_LIMIT } from "./heap_format.ts";
import { checkHeap } from "./check.ts";
import { attachHeap, createHeap, type HeapOptions } from "./create_heap.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { limitWord } from "./limit.ts";
import { reallocate, usableBytes } from "./reallocate.ts";
import { blockInUse, release } from "./release.ts";
import { type HeapStats, heapStats } from "./stats.ts";
import { type HeapBlock, walkBlocks } from "./walk.ts";
import type { HeapStorage } from "./storage.ts";

let reach: (heap: Heap) => HeapMemory;

/** Gives the memory of a heap to the other modules of this folder. */
export function memoryOf(heap: Heap): HeapMemory {
  return reach(heap);
}

/**
 * An allocator in an `ArrayBuffer`, a `SharedArrayBuffer` or a `WebAssembly.Memory`: two-level segregated fit, constant time.
 *
 * Addresses are byte offsets in the storage, up to 4 GiB; 0 is NULL and never handed out. All state lies in the storage, so that another
 * `Heap`, in another worker too, can attach to it; two must not work on it at the same time. A heap grows where its storage can.
 * C: what `av_malloc` and `av_free` stand on, `posix_memalign` and `free`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Heap } from "@mediamem/core-ts/memory";
 *
 * const storage = new ArrayBuffer(65536);
 * const heap = Heap.create(storage);
 * const address = heap.malloc(1000);
 * assertEquals(address % 64, 0);
 * new Uint8Array(storage, address, 1000).fill(1);
 * heap.free(address);
 * assertEquals(heap.check(), []);
 * ```
 */
export class Heap {
  readonly #memory: HeapMemory;

  static {
    reach = (heap: Heap): HeapMemory => heap.#memory;
  }

  private constructor(memory: HeapMemory) {
    this.#memory = memory;
  }

  /**
   * Makes an empty heap in a storage, over whatever was there.
   *
   * The heap's own tables take 11 KiB at its start, and 16 bytes stand in front of each block. Throws `EINVAL` for options out of range and
   * `ENOMEM` for a storage that is too small and cannot grow.
   *
   * @param storage Its bytes from `options.start` on belong to the heap from now on.
   * @param options How the heap is made.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const memory = new WebAssembly.Memory({ initial: 1, maximum: 100 });
   * const heap = Heap.create(memory, { alignment: 16 });
   * const address = heap.malloc(1_000_000);
   * assertEquals(address % 16, 0);
   * assertEquals(memory.buffer.byteLength > 1_000_000, true);
   * ```
   */
  static create(storage: HeapStorage, options: HeapOptions = {}): Heap {
    return new Heap(createHeap(storage, options));
  }

  /**
   * Gives a heap that was made in this storage before, by this thread or another.
   *
   * Throws `EINVAL` where there is none and `ABI_MISMATCH` for one of another version of the format. Looks at its header only;
   * {@linkcode Heap.check} looks at all of it.
   *
   * @param storage The storage that the heap was made in.
   * @param start Where in it the heap starts, bytes.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const storage = new SharedArrayBuffer(65536);
   * const address = Heap.create(storage).malloc(100);
   * const other = Heap.attach(storage);
   * other.free(address);
   * assertEquals(other.check(), []);
   * ```
   */
  static attach(storage: HeapStorage, start = 0): Heap {
    return new Heap(attachHeap(storage, start));
  }

  /** Where the heap lies. */
  get storage(): HeapStorage {
    return this.#memory.storage;
  }

  /** What every address is a multiple of, bytes. */
  get alignment(): number {
    return this.#memory.granule;
  }

  /** Whether blocks have red zones. */
  get checked(): boolean {
    return this.#memory.checked;
  }

  /**
   * Gives the address of `size` bytes that are nobody else's until they are freed. Their content is whatever was there.
   *
   * Size 0 gives an address of its own too. Throws `ENOMEM` where there is no room and the storage cannot grow, and `EINVAL` for a negative
   * size and for what is no alignment; then nothing has changed. C: `posix_memalign`.
   *
   * @param size Bytes.
   * @param alignment What the address is a multiple of, a power of two; at least, and by default, the heap's alignment.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536));
   * assertEquals(heap.malloc(1) % 64, 0);
   * assertEquals(heap.malloc(1, 4096) % 4096, 0);
   * ```
   */
  malloc(size: number, alignment: number = this.#memory.granule): number {
    return allocate(this.#memory, "malloc", size, alignment);
  }

  /**
   * Gives a block back. Address 0 is fine and does nothing.
   *
   * Throws `DOUBLE_FREE` for a block that was freed before, `WRONG_OWNER` for an address that is not that of a block, `CORRUPTED` where somebody
   * wrote beyond a block's end; then nothing has changed. C: `free`.
   *
   * @param address What {@linkcode Heap.malloc} gave.
   *
   * @example
   * ```ts
   * import { assertThrows } from "@std/assert";
   * import { MediaError } from "@mediamem/interface";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536));
   * const address = heap.malloc(10);
   * heap.free(address);
   * assertThrows(() => heap.free(address), MediaError, "is free already");
   * ```
   */
  free(address: number): void {
    if (address !== 0) release(this.#memory, "free", address);
  }

  /**
   * Makes a block larger or smaller and gives its address, which is another where it had to move. Content is kept up to the smaller size.
   *
   * Address 0 is a new block; size 0 keeps a block, unlike C. The new address is a multiple of the heap's alignment, and of a larger one that
   * was asked for only by chance. Throws as {@linkcode Heap.malloc} and {@linkcode Heap.free} do; then the old block is as it was. C: `realloc`.
   *
   * @param address What {@linkcode Heap.malloc} gave, or 0.
   * @param size Bytes.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const storage = new ArrayBuffer(65536);
   * const heap = Heap.create(storage);
   * const address = heap.malloc(3);
   * new Uint8Array(storage, address, 3).set([1, 2, 3]);
   * const larger = heap.realloc(address, 5000);
   * assertEquals([...new Uint8Array(storage, larger, 3)], [1, 2, 3]);
   * ```
   */
  realloc(address: number, size: number): number {
    if (address === 0) return allocate(this.#memory, "realloc", size, this.#memory.granule);
    return reallocate(this.#memory, "realloc", address, size);
  }

  /**
   * Gives how many bytes at an address its owner may use: at least as many as were asked for, in a checked heap exactly so many.
   *
   * Throws for an address as {@linkcode Heap.free} does. C: `malloc_usable_size`.
   *
   * @param address What {@linkcode Heap.malloc} gave.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536));
   * assertEquals(heap.usableSize(heap.malloc(10)), 48);
   * ```
   */
  usableSize(address: number): number {
    return usableBytes(this.#memory, blockInUse(this.#memory, "malloc_usable_size", address));
  }

  /**
   * The most bytes that may be in use at a time, as asked for; `Infinity` for as many as there is room for.
   *
   * A request beyond it throws `OVER_BUDGET`, which names the largest blocks in use. It may be set below what is in use: then nothing is given
   * until enough is freed.
   *
   * @example
   * ```ts
   * import { assertThrows } from "@std/assert";
   * import { MediaError } from "@mediamem/interface";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536), { limitBytes: 1000 });
   * heap.malloc(900);
   * assertThrows(() => heap.malloc(101), MediaError, "wanted at most 1000 in all; largest: 900 bytes");
   * ```
   */
  get limitBytes(): number {
    const limit = this.#memory.view()[this.#memory.base + LIMIT_AT]! >>> 0;
    return limit === NO_LIMIT ? Infinity : limit;
  }

  set limitBytes(bytes: number) {
    const limit = limitWord("limitBytes", bytes);
    this.#memory.view()[this.#memory.base + LIMIT_AT] = limit;
  }

  /**
   * Goes over all blocks in the order of their addresses, used and free.
   *
   * The heap must not change while this goes on. Throws `CORRUPTED` where the blocks do not follow each other.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536));
   * const address = heap.malloc(100);
   * const [first, second] = heap.walk();
   * assertEquals([first?.state, first?.address, first?.size], ["used", address, 100]);
   * assertEquals(second?.state, "free");
   * ```
   */
  walk(): IterableIterator<HeapBlock> {
    return walkBlocks(this.#memory, "walk");
  }

  /**
   * Gives the heap's figures: what is in use, what is free, and how scattered.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536));
   * heap.free(heap.malloc(1000));
   * heap.malloc(10);
   * const { live, bytes, peak, fragmentation } = heap.stats();
   * assertEquals([live, bytes, peak, fragmentation], [1, 10, 1000, 0]);
   * ```
   */
  stats(): HeapStats {
    return heapStats(this.#memory);
  }

  /**
   * Lists the violated invariants of the heap, in words; an empty list means that it is sound.
   *
   * Goes over every block and every list and takes time in proportion. It reads only, and ends whatever is in the storage.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Heap } from "@mediamem/core-ts/memory";
   *
   * const storage = new ArrayBuffer(65536);
   * const heap = Heap.create(storage);
   * const address = heap.malloc(48);
   * assertEquals(heap.check(), []);
   * new Uint8Array(storage, address, 52).fill(255);
   * assertEquals(heap.check().length > 0, true);
   * ```
   */
  check(): string[] {
    return checkHeap(this.#memory);
  }
}
