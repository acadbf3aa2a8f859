import {
  type BufferPool,
  type BufferPoolOptions,
  type BufferRef,
  MediaError,
  type PoolGetOptions,
  type PoolStats,
} from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { PoolGate, type PoolTicket } from "@mediamem/ledger";
import { type BufferHome, checkedSize } from "./buffer_home.ts";
import { CoreBufferRef } from "./buffer_ref.ts";
import { FastBuffer, type UnsafeBuffer } from "./pool_entry.ts";
import { holdPoolOptions } from "./pool_options.ts";
import { PoolStore } from "./pool_store.ts";

const INIT = "av_buffer_pool_init2";
const GET = "av_buffer_pool_get";
const RELEASE = "av_buffer_unref";
const UNINIT = "av_buffer_pool_uninit";
const TRIM = "BufferPool.trim";

/**
 * A pool of buffers of one size (`AVBufferPool`), and a fast grade beside it.
 *
 * {@linkcode CoreBufferPool.get} gives references whose views end when the buffer comes back. {@linkcode CoreBufferPool.unsafeGet} gives the
 * same object for the same memory each time, and allocates nothing once the pool is warm.
 *
 * Await an asynchronous write of a buffer before you give it back: Bun then keeps the memory, which costs a new buffer, but Deno may write what
 * the next holder has put there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 *
 * using core = createCore();
 * using pool = core.buffers.poolInit(4096, { max: 8 });
 * const ref = pool.get();
 * const { address, data } = ref;
 * ref.unref();
 * assertEquals(data.length, 0);
 *
 * const buffer = pool.unsafeGet();
 * assertEquals(buffer.address, address);
 * pool.unsafeRelease(buffer);
 * assertEquals(buffer.data.length, 4096);
 * ```
 */
export class CoreBufferPool implements BufferPool {
  readonly size: number;
  readonly #gate: PoolGate;
  readonly #store: PoolStore;
  readonly #home: BufferHome;

  /** Makes a pool. Programs get it from `buffers.poolInit()`. */
  constructor(home: BufferHome, size: number, options: BufferPoolOptions) {
    this.size = checkedSize(INIT, "size", size);
    const held = holdPoolOptions(INIT, options);
    this.#home = home;
    this.#gate = new PoolGate(GET, held, home.ledger);
    home.checkStruct(INIT, "AVBufferPool");
    this.#store = new PoolStore(home, this.size, this.#gate, held, "kept");
    this.#store.preallocate(INIT, held.preallocate ?? 0);
  }

  get(): BufferRef;
  get(options: PoolGetOptions): Promise<BufferRef>;
  get(options?: PoolGetOptions): BufferRef | Promise<BufferRef> {
    if (options !== undefined) return this.#wait(options);
    this.#checkOpen(GET);
    return this.#handOut(this.#gate.enter(null));
  }

  tryGet(holder: string | null = null): BufferRef | null {
    this.#checkOpen(GET);
    const ticket = this.#gate.tryEnter(holder);
    return ticket === null ? null : this.#handOut(ticket);
  }

  release(ref: BufferRef): void {
    if (!(ref instanceof CoreBufferRef)) CoreBufferRef.check(this.#home, RELEASE, "ref", ref);
    // A dead reference says so itself.
    else if (ref.live && !this.#store.owns(ref)) {
      refuseForeign("the reference is to another buffer, wanted one of this pool");
    }
    ref.unref();
  }

  /**
   * Gives a buffer on the fast grade: `data` does not end when it is released, and its holder has no name.
   *
   * Throws as {@linkcode CoreBufferPool.get} does. Give it back with {@linkcode CoreBufferPool.unsafeRelease}.
   */
  unsafeGet(): UnsafeBuffer {
    if (this.#store.busy) this.#checkOpen(GET);
    this.#gate.enterUnnamed();
    if (this.#store.given) {
      this.#gate.leaveUnnamed();
      this.#checkOpen(GET);
    }
    return this.#store.handOutFast();
  }

  /** Gives a buffer of {@linkcode CoreBufferPool.unsafeGet} back. A second time is a `DOUBLE_FREE`, another pool's buffer `WRONG_OWNER`. */
  unsafeRelease(buffer: UnsafeBuffer): void {
    const fast = buffer as FastBuffer;
    if (!this.#store.isOut(fast)) this.#refuseFast(buffer);
    this.#store.takeBackFast(fast);
  }

  trim(): number {
    this.#checkOpen(TRIM);
    return this.#store.trim(TRIM);
  }

  stats(): PoolStats {
    return { ...this.#store.stats(), peak: this.#gate.peak };
  }

  uninit(): void {
    if (this.#store.given) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call ${UNINIT}: the pool was given up before, wanted a live one`,
        { op: UNINIT },
      );
    }
    this.#checkOpen(UNINIT);
    this.#gate.close();
    this.#store.giveUp(UNINIT);
  }

  /** Gives the pool up as {@linkcode CoreBufferPool.uninit} does; nothing where that was done. */
  [Symbol.dispose](): void {
    if (!this.#store.given) this.uninit();
  }

  async #wait(options: PoolGetOptions): Promise<BufferRef> {
    this.#checkOpen(GET);
    return this.#handOut(await this.#gate.wait(options));
  }

  /** Gives a buffer to whom the gate let in. The pool may have been given up since: by `onHighWater`, or before who waited could go on. */
  #handOut(ticket: PoolTicket): BufferRef {
    if (this.#store.given) {
      this.#gate.leave(ticket);
      this.#checkOpen(GET);
    }
    return this.#store.handOut(ticket);
  }

  #checkOpen(op: string): void {
    if (this.#store.given) {
      throw new MediaError(
        "USE_AFTER_FREE",
        `Cannot call ${op}: the pool was given up, wanted one before its uninit`,
        { op },
      );
    }
    if (!this.#store.busy) return;
    throw new MediaError(
      "LOCKED",
      `Cannot call ${op}: the pool is in its allocate function, wanted a call after it`,
      { op },
    );
  }

  #refuseFast(buffer: UnsafeBuffer): never {
    if (!(buffer instanceof FastBuffer)) {
      throw new TypeError(`Cannot call ${RELEASE}: buffer is ${show(buffer)}, wanted one of unsafeGet`);
    }
    if (buffer.entry.pool !== this.#store) {
      refuseForeign("the buffer is of another pool, wanted one of this pool");
    }
    throw new MediaError(
      "DOUBLE_FREE",
      `Cannot call ${RELEASE}: the buffer was released before, wanted one that is out` +
        this.#home.ledger.describe(buffer.ledgerEntry),
      { op: RELEASE },
    );
  }
}

function refuseForeign(found: string): never {
  throw new MediaError("WRONG_OWNER", `Cannot call ${RELEASE}: ${found}`, { op: RELEASE });
}
