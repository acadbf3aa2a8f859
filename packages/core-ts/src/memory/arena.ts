import { checkBoolean, checkInteger, checkOptions, invalid } from "@mediamem/checks";
import type { ArenaScope } from "./arena_scope.ts";
import { ArenaStack, StackScope } from "./arena_stack.ts";
import { checkStorage } from "./create_heap.ts";
import { checkAlignment } from "./request.ts";
import { bufferOf, type HeapStorage, MAX_BYTES } from "./storage.ts";

/** How an arena is made. */
export interface ArenaOptions {
  /** Where in the storage it starts, bytes; undefined: 0. */
  readonly start?: number;
  /** How many bytes it has; undefined: all up to the end of the storage as it is now, at most 4 GiB. */
  readonly length?: number;
  /** What addresses are a multiple of where nothing else is asked for, a power of two; undefined: 64. */
  readonly alignment?: number;
  /** Whether memory is filled with 0xdf when its scope ends, so that late use shows; undefined: false. */
  readonly checked?: boolean;
}

/**
 * Stack allocation: memory that is given back by leaving a scope, never block by block.
 *
 * An arena is one number, where the next allocation goes, over a stretch of an `ArrayBuffer`, a `SharedArrayBuffer`, a `WebAssembly.Memory` or a block
 * of a heap. A scope remembers that number and sets it back when it ends, whatever was allocated in it: that is why what is on a stack needs no free, and
 * why it must not be used after its scope. A heap does not know when a block is done with; nothing but `free` tells it, and its addresses
 * move on until then. C: `alloca`, or the blocks of a function.
 *
 * @example What is on the stack needs no free
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Arena } from "@mediamem/core-ts/memory";
 *
 * const arena = Arena.create(new ArrayBuffer(65536));
 *
 * function work(): number[] {
 *   using _scope = arena.scope();
 *   return [arena.alloc(50), arena.alloc(50)];
 * }
 *
 * // Each call has the addresses of the one before, and so it is after a million.
 * console.log(work(), work()); // [ 64, 128 ] [ 64, 128 ]
 * assertEquals([work(), work(), arena.used], [[64, 128], [64, 128], 0]);
 * ```
 *
 * @example What is on the heap does
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Heap } from "@mediamem/core-ts/memory";
 *
 * const heap = Heap.create(new ArrayBuffer(65536));
 *
 * function work(): number {
 *   return heap.malloc(50);
 * }
 *
 * // Nothing says that a block is not used any more: the next call gets memory behind it, until there is none.
 * const [first, second] = [work(), work()];
 * console.log(second - first); // 128
 * assertEquals([second - first, heap.stats().live], [128, 2]);
 *
 * // With free, the address is given again.
 * heap.free(second);
 * assertEquals(work(), second);
 * ```
 */
export class Arena {
  readonly #stack: ArenaStack;

  private constructor(stack: ArenaStack) {
    this.#stack = stack;
  }

  /**
   * Makes an arena in a storage. Its bytes stay as they are.
   *
   * Throws a `TypeError` for what is no storage or no number, and `EINVAL` for a stretch that the storage does not have.
   *
   * @param storage Its bytes from `start` on, `length` of them, belong to the arena from now on.
   * @param options How the arena is made.
   *
   * @example In a block of a heap
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Arena, Heap } from "@mediamem/core-ts/memory";
   *
   * const heap = Heap.create(new ArrayBuffer(65536));
   * const start = heap.malloc(1000);
   * const arena = Arena.create(heap.storage, { start, length: 1000 });
   * {
   *   using _scope = arena.scope();
   *   assertEquals(arena.alloc(100), start);
   * }
   * heap.free(start);
   * ```
   */
  static create(storage: HeapStorage, options: ArenaOptions = {}): Arena {
    const op = "Arena.create";
    checkStorage(op, storage);
    checkOptions(op, options, "{ start, length, … }");
    const present = Math.min(bufferOf(storage).byteLength, MAX_BYTES);
    const { start = 0, length = present - start, alignment = 64, checked = false } = options;
    checkInteger(op, "start", start);
    if (start < 0 || start > present) {
      invalid(op, `Cannot make an arena: start is ${start}, wanted 0 to ${present}, the end of the storage`);
    }
    checkInteger(op, "length", length);
    if (length < 0 || length > present - start) {
      invalid(op, `Cannot make an arena: length is ${length}, wanted 0 to ${present - start}`);
    }
    checkAlignment(op, alignment);
    checkBoolean(op, "checked", checked);
    return new Arena(new ArenaStack(storage, start, start + length, alignment, checked));
  }

  /** Where the arena lies. */
  get storage(): HeapStorage {
    return this.#stack.storage;
  }

  /** What addresses are a multiple of where nothing else is asked for, bytes. */
  get alignment(): number {
    return this.#stack.alignment;
  }

  /** How many bytes it has. */
  get capacity(): number {
    return this.#stack.end - this.#stack.start;
  }

  /** How many bytes are in use, those counted that alignment left out. */
  get used(): number {
    return this.#stack.top - this.#stack.start;
  }

  /** The most bytes that were in use at a time: as much as the arena needs. */
  get highWater(): number {
    return this.#stack.highest - this.#stack.start;
  }

  /**
   * Opens a scope, inside of the one that was opened last. What is allocated from now on is given back when it ends.
   *
   * Throws `CORRUPTED` where the storage was transferred or made smaller since the arena was made.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Arena } from "@mediamem/core-ts/memory";
   *
   * const arena = Arena.create(new ArrayBuffer(4096));
   * using _frame = arena.scope();
   * const row = arena.alloc(100);
   * {
   *   using _filter = arena.scope();
   *   assertEquals(arena.alloc(100), 192);
   * }
   * assertEquals([row, arena.alloc(100), arena.highWater], [64, 192, 292]);
   * ```
   */
  scope(): ArenaScope {
    return new StackScope(this.#stack);
  }

  /**
   * Gives the address of `size` bytes until the innermost scope ends. Their content is whatever was there.
   *
   * 0 is never given, and size 0 gives an address of its own too. Throws `ENOMEM`, which says how much was asked for and how much is left, and `EINVAL` for a
   * negative size, what is no alignment, and where no scope is open; then nothing has changed. C: `alloca`.
   *
   * @param size Bytes.
   * @param alignment What the address is a multiple of, a power of two; undefined: the arena's.
   *
   * @example
   * ```ts
   * import { assertEquals, assertThrows } from "@std/assert";
   * import { MediaError } from "@mediamem/interface";
   * import { Arena } from "@mediamem/core-ts/memory";
   *
   * const arena = Arena.create(new ArrayBuffer(1024), { start: 256 });
   * using _scope = arena.scope();
   * assertEquals([arena.alloc(3), arena.alloc(1, 2), arena.alloc(8)], [256, 260, 320]);
   * assertThrows(() => arena.alloc(1000), MediaError, "1000 bytes aligned to 64, wanted at most the 640 left of 768");
   * ```
   */
  alloc(size: number, alignment: number = this.#stack.alignment): number {
    return this.#stack.take("Arena.alloc", size, alignment);
  }
}
