import { show } from "@mediamem/checks";
import { createPoolStorage, type SharedPoolOptions } from "./create_pool.ts";
import { TAKEN, WAITS_AT } from "./pool_format.ts";
import { PoolMemory } from "./pool_memory.ts";
import { refuseHandle } from "./refuse_handle.ts";
import { returnSlot } from "./return_slot.ts";
import { checkStillTaken, slotBytes } from "./slot_bytes.ts";
import {
  type SharedTakeAsyncOptions,
  type SharedTakeOptions,
  takeBlocking,
  takeWaiting,
  tryTake,
} from "./take_slot.ts";

/** What became of a shared pool's slots, as far as one look at each tells. */
export interface SharedPoolStats {
  /** How many slots there are. */
  readonly slots: number;
  /** How many are free. */
  readonly free: number;
  /** How many somebody has. */
  readonly taken: number;
  /** How often somebody found none free and had to wait, since the pool was made. */
  readonly waits: number;
}

/**
 * A pool of buffers in a `SharedArrayBuffer`: any worker takes a slot, any worker returns it.
 *
 * A slot in use is a handle: a number, which travels through `postMessage` and says which slot, in which use, of which pool. A
 * handle whose slot was returned is refused by everybody for ever after (2^30 uses of one slot). Everything lies in
 * {@linkcode SharedBufferPool.storage}: post that to a worker and {@linkcode SharedBufferPool.attach} there. A slot that is free is found at once where
 * many are; where hardly any is, the search looks at each in turn. Those who wait are all woken by a return and served in no order.
 *
 * A worker that dies keeps what it took. Nobody can see that from outside, so the pool does not guess: who supervises the workers returns the
 * handles that nobody alive has, see {@linkcode SharedBufferPool.handles}. If the worker was alive after all, its handles are refused.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
 *
 * const pool = SharedBufferPool.create({ size: 3_133_568, slots: 4 });
 * // In a worker, with the storage and the handle from a message:
 * const other = SharedBufferPool.attach(pool.storage);
 * const handle = pool.take();
 * other.write(handle, new Uint8Array([1, 2, 3]));
 * assertEquals([...pool.read(handle, 0, 3)], [1, 2, 3]);
 * other.release(handle);
 * assertEquals(pool.stats(), { slots: 4, free: 4, taken: 0, waits: 0 });
 * ```
 */
export class SharedBufferPool {
  readonly #memory: PoolMemory;

  private constructor(memory: PoolMemory) {
    this.#memory = memory;
  }

  /**
   * Makes a pool with all slots free and zero.
   *
   * Throws `EINVAL` for options out of range, `ENOMEM` where the runtime gives no storage of that size, `ENOSYS` where there is no
   * `SharedArrayBuffer`.
   *
   * @param options How many bytes, how many slots.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 3, alignment: 4096 });
   * assertEquals(pool.unsafeView(pool.take()).byteOffset % 4096, 0);
   * ```
   */
  static create(options: SharedPoolOptions): SharedBufferPool {
    return new SharedBufferPool(new PoolMemory(createPoolStorage(options)));
  }

  /**
   * Gives the pool that is in a storage, in the same thread or another.
   *
   * Throws `EINVAL` for a storage that is none of a pool, `ABI_MISMATCH` for one of another version of the format, `CORRUPTED` for a header that
   * does not fit its storage.
   *
   * @param storage What {@linkcode SharedBufferPool.storage} of another gave.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 3 });
   * assertEquals(SharedBufferPool.attach(pool.storage).slots, 3);
   * ```
   */
  static attach(storage: SharedArrayBuffer): SharedBufferPool {
    return new SharedBufferPool(new PoolMemory(storage));
  }

  /** Where all of the pool lies. */
  get storage(): SharedArrayBuffer {
    return this.#memory.storage;
  }

  /** Bytes of each slot. */
  get size(): number {
    return this.#memory.size;
  }

  /** How many slots there are. */
  get slots(): number {
    return this.#memory.slots;
  }

  /** What the offset of every slot in the storage is a multiple of. */
  get alignment(): number {
    return this.#memory.alignment;
  }

  /**
   * Takes a slot and gives its handle; null where one look at each found none free. Its bytes are as they were left. Never waits.
   *
   * C: nothing alike; `av_buffer_pool_get` allocates.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 1 });
   * assertEquals(typeof pool.tryTake(), "number");
   * assertEquals(pool.tryTake(), null);
   * ```
   */
  tryTake(): number | null {
    return tryTake(this.#memory);
  }

  /**
   * Takes a slot, blocking the thread until one is free; for workers.
   *
   * Throws `EAGAIN` when the time is over, and `ENOSYS` in a thread that must not block, as a browser's main thread: there
   * {@linkcode SharedBufferPool.takeAsync} does it.
   *
   * @param options How long to wait: `timeout` in milliseconds; undefined: no end.
   *
   * @example
   * ```ts
   * import { assertThrows } from "@std/assert";
   * import { MediaError } from "@mediamem/interface";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 1 });
   * pool.take();
   * assertThrows(() => pool.take({ timeout: 1 }), MediaError, "none of 1 is free after 1 ms");
   * ```
   */
  take(options: SharedTakeOptions = {}): number {
    return takeBlocking(this.#memory, options);
  }

  /**
   * Takes a slot as soon as one is free, without blocking the thread.
   *
   * Rejects with `EAGAIN` when the time is over and with the signal's reason when that aborts; then nothing was taken. Where there is no
   * `Atomics.waitAsync` it looks every few milliseconds instead.
   *
   * @param options How long to wait, and what ends the wait.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 1 });
   * const first = await pool.takeAsync();
   * const second = pool.takeAsync({ timeout: 5000 });
   * pool.release(first);
   * pool.release(await second);
   * assertEquals(pool.stats().free, 1);
   * ```
   */
  takeAsync(options: SharedTakeAsyncOptions = {}): Promise<number> {
    return takeWaiting(this.#memory, options);
  }

  /**
   * Returns a slot, whoever took it. Wakes those who wait for one.
   *
   * Throws `DOUBLE_FREE` for a slot that was returned and is free, `USE_AFTER_FREE` for one that was returned and taken again, `WRONG_OWNER` for what
   * is no handle of this pool; then nothing has changed.
   *
   * @param handle What a take gave.
   *
   * @example
   * ```ts
   * import { assertThrows } from "@std/assert";
   * import { MediaError } from "@mediamem/interface";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 1 });
   * const handle = pool.take();
   * pool.release(handle);
   * assertThrows(() => pool.release(handle), MediaError, "is free already");
   * ```
   */
  release(handle: number): void {
    const memory = this.#memory;
    const index = memory.indexOf(handle);
    if (index < 0 || !returnSlot(memory, index, handle | 0)) {
      refuseHandle(memory, "SharedBufferPool.release", handle);
    }
  }

  /**
   * Copies bytes out of a slot. The slot's use is checked before and after the copy: what was read is one use's bytes or an error.
   *
   * Who has the handle shares the slot with everybody else who has it: two who read and write it at a time must agree among themselves.
   * Throws as {@linkcode SharedBufferPool.release} does, `USE_AFTER_FREE` for every returned slot, and `EINVAL` for bytes beyond the slot.
   *
   * @param handle What a take gave.
   * @param offset First byte in the slot.
   * @param length How many bytes; undefined: all that follow.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 4, slots: 1 });
   * const handle = pool.take();
   * pool.write(handle, new Uint8Array([1, 2, 3, 4]));
   * assertEquals([...pool.read(handle, 1, 2)], [2, 3]);
   * ```
   */
  read(handle: number, offset = 0, length: number = this.size - offset): Uint8Array<ArrayBuffer> {
    const op = "SharedBufferPool.read";
    const source = slotBytes(this.#memory, op, handle, offset, length);
    const copy = new Uint8Array(length);
    copy.set(source);
    checkStillTaken(this.#memory, op, handle);
    return copy;
  }

  /**
   * Copies bytes into a slot. The slot's use is checked before and after the copy.
   *
   * Throws as {@linkcode SharedBufferPool.read} does. Where somebody returned the slot during the copy the error says so: then some of the bytes
   * may be in it.
   *
   * @param handle What a take gave.
   * @param bytes What is written.
   * @param offset Where in the slot.
   *
   * @example
   * ```ts
   * import { assertThrows } from "@std/assert";
   * import { MediaError } from "@mediamem/interface";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 4, slots: 1 });
   * const handle = pool.take();
   * assertThrows(() => pool.write(handle, new Uint8Array(5)), MediaError, "5 bytes from 0 on");
   * ```
   */
  write(handle: number, bytes: Uint8Array, offset = 0): void {
    const op = "SharedBufferPool.write";
    if (!(bytes instanceof Uint8Array)) {
      throw new TypeError(`Cannot call ${op}: bytes are ${show(bytes)}, wanted a Uint8Array`);
    }
    slotBytes(this.#memory, op, handle, offset, bytes.length).set(bytes);
    checkStillTaken(this.#memory, op, handle);
  }

  /**
   * Gives the bytes of a slot themselves.
   *
   * Unsafe: shared memory cannot be detached, so that the view stays when the slot is returned, and then shows the bytes of the next who
   * takes it and writes into them. Drop it before the release. Throws as {@linkcode SharedBufferPool.read} does.
   *
   * @param handle What a take gave.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 2 });
   * const view = pool.unsafeView(pool.take());
   * assertEquals([view.length, view.byteOffset % 64], [1000, 0]);
   * ```
   */
  unsafeView(handle: number): Uint8Array<SharedArrayBuffer> {
    return slotBytes(this.#memory, "SharedBufferPool.unsafeView", handle, 0, this.size);
  }

  /**
   * Gives the handles of all slots that somebody has, as far as one look at each tells.
   *
   * For who supervises workers: after the death of one, what nobody alive has can be released.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 2 });
   * const lost = pool.take();
   * assertEquals(pool.handles(), [lost]);
   * for (const handle of pool.handles()) pool.release(handle);
   * ```
   */
  handles(): number[] {
    const memory = this.#memory;
    const taken: number[] = [];
    for (let index = 0; index < memory.slots; index++) {
      const state = Atomics.load(memory.words, memory.stateAt(index));
      if ((state & TAKEN) !== 0) taken.push(memory.handleOf(index, state));
    }
    return taken;
  }

  /**
   * Gives the pool's figures.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { SharedBufferPool } from "@mediamem/core-ts/buffers";
   *
   * const pool = SharedBufferPool.create({ size: 1000, slots: 2 });
   * pool.take();
   * assertEquals(pool.stats(), { slots: 2, free: 1, taken: 1, waits: 0 });
   * ```
   */
  stats(): SharedPoolStats {
    const { words, slots } = this.#memory;
    const taken = this.handles().length;
    return { slots, free: slots - taken, taken, waits: Atomics.load(words, WAITS_AT) >>> 0 };
  }
}
