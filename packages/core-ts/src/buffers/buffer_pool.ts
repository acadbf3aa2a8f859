import {
  AVERROR,
  type BufferPool,
  type BufferPoolOptions,
  type BufferRef,
  MediaError,
  type PoolAllocator,
  type PoolGetOptions,
  type PoolStats,
} from "@mediamem/interface";
import { invalid, show } from "@mediamem/checks";
import { PoolGate, type PoolTicket } from "@mediamem/ledger";
import { AllErrors } from "./all_errors.ts";
import { type BufferHome, checkedSize } from "./buffer_home.ts";
import { CoreBufferRef } from "./buffer_ref.ts";
import { type EntryPool, FastBuffer, PoolEntry, type UnsafeBuffer } from "./pool_entry.ts";
import { checkPoolOptions } from "./pool_options.ts";

const INIT = "av_buffer_pool_init2";
const GET = "av_buffer_pool_get";
const RELEASE = "av_buffer_unref";
const UNINIT = "av_buffer_pool_uninit";

/** How a pool that is part of a larger one differs: what is out counts there, and what comes back after `uninit` is freed at once. */
export interface PoolPart {
  /** Counts what is out of all parts. */
  readonly gate: PoolGate;
}

/** Pools made so far: the number of each marks its buffers while they are out. */
let pools = 0;

/**
 * A pool of buffers of one size (`AVBufferPool`), and a fast grade beside it.
 *
 * {@linkcode CoreBufferPool.get} gives references whose views end when the buffer comes back. {@linkcode CoreBufferPool.unsafeGet} gives the
 * same object for the same memory each time, and allocates nothing once the pool is warm.
 */
export class CoreBufferPool implements BufferPool, EntryPool {
  readonly size: number;
  readonly #home: BufferHome;
  readonly #allocate: Exclude<PoolAllocator, number> | undefined;
  readonly #free: (() => void) | undefined;
  readonly #poison: number | undefined;
  readonly #gate: PoolGate;
  readonly #isPart: boolean;
  readonly #number = ++pools;
  /** The buffer that came back last, and through its `next` all that are idle. */
  #head: PoolEntry | null = null;
  /** One for who made the pool, one for each buffer out. */
  #refs = 1;
  #allocating = false;
  #given = false;
  #idle = 0;
  #hits = 0;
  #misses = 0;
  #returned = 0;
  #freed = 0;

  /** Makes a pool. Programs get it from {@linkcode Buffers.poolInit}. */
  constructor(home: BufferHome, size: number, options: BufferPoolOptions, part: PoolPart | null = null) {
    this.size = checkedSize(INIT, "size", size);
    checkPoolOptions(INIT, options);
    home.checkStruct(INIT, "AVBufferPool");
    this.#home = home;
    this.#allocate = options.allocate as Exclude<PoolAllocator, number> | undefined;
    this.#free = options.free;
    this.#poison = options.poison;
    this.#isPart = part !== null;
    this.#gate = part?.gate ?? new PoolGate(GET, options, home.ledger);
    this.#preallocate(options.preallocate ?? 0);
  }

  get(): BufferRef;
  get(options: PoolGetOptions): Promise<BufferRef>;
  get(options?: PoolGetOptions): BufferRef | Promise<BufferRef> {
    if (options !== undefined) return this.#wait(options);
    this.#checkOpen(GET);
    return this.handOut(this.#gate.enter(null));
  }

  tryGet(holder: string | null = null): BufferRef | null {
    this.#checkOpen(GET);
    const ticket = this.#gate.tryEnter(holder);
    return ticket === null ? null : this.handOut(ticket);
  }

  /** Gives a buffer to who has a ticket of the gate. The ticket goes back where it throws. */
  handOut(ticket: PoolTicket): BufferRef {
    try {
      this.#checkOpen(GET);
      return this.#head === null ? this.#handOutNew(ticket) : this.#handOutIdle(this.#head, ticket);
    } catch (error) {
      this.#gate.leave(ticket);
      throw error;
    }
  }

  release(ref: BufferRef): void {
    // A dead reference says so itself.
    if (ref instanceof CoreBufferRef && ref.live && !this.#owns(ref)) {
      this.#refuseForeign(RELEASE, "the reference is to another buffer, wanted one of this pool");
    }
    if (!(ref instanceof CoreBufferRef)) CoreBufferRef.check(RELEASE, "ref", ref);
    ref.unref();
  }

  /**
   * Gives a buffer on the fast grade: `data` does not end when it is released, and its holder has no name.
   *
   * Throws as {@linkcode CoreBufferPool.get} does. Give it back with {@linkcode CoreBufferPool.unsafeRelease}.
   */
  unsafeGet(): UnsafeBuffer {
    if (this.#allocating) this.#checkOpen(GET);
    this.#gate.enterUnnamed();
    const entry = this.#head;
    if (entry === null) return this.#unsafeNew();
    this.#head = entry.next;
    this.#idle--;
    this.#hits++;
    return this.#unsafeOut(entry);
  }

  /** Gives a buffer of {@linkcode CoreBufferPool.unsafeGet} back. A second time is a `DOUBLE_FREE`, another pool's buffer `WRONG_OWNER`. */
  unsafeRelease(buffer: UnsafeBuffer): void {
    const fast = buffer as FastBuffer;
    if (fast?.state !== this.#number) this.#refuseFast(buffer);
    fast.state = 0;
    this.#home.ledger.close(fast.ledgerEntry);
    this.#returned++;
    this.#push(fast.entry);
    this.#gate.leaveUnnamed();
    if (--this.#refs === 0) this.#end(new AllErrors(), RELEASE);
  }

  trim(): number {
    this.#checkOpen("BufferPool.trim");
    const errors = new AllErrors();
    const count = this.#flush(errors);
    errors.throwAny("BufferPool.trim");
    return count;
  }

  stats(): PoolStats {
    return {
      hits: this.#hits,
      misses: this.#misses,
      out: this.#refs - (this.#given ? 0 : 1),
      idle: this.#idle,
      returned: this.#returned,
      freed: this.#freed,
      peak: this.#gate.peak,
    };
  }

  uninit(): void {
    if (this.#given) {
      throw new MediaError(
        "DOUBLE_FREE",
        `Cannot call ${UNINIT}: the pool was given up before, wanted a live one`,
        { op: UNINIT },
      );
    }
    this.#checkOpen(UNINIT);
    this.#given = true;
    if (!this.#isPart) this.#gate.close();
    const errors = new AllErrors();
    this.#flush(errors);
    if (--this.#refs === 0) this.#end(errors, UNINIT);
    else errors.throwAny(UNINIT);
  }

  [Symbol.dispose](): void {
    if (!this.#given) this.uninit();
  }

  takeBack(entry: PoolEntry): void {
    const ticket = entry.ticket!;
    entry.ticket = null;
    this.#returned++;
    const errors = new AllErrors();
    // Memory that a runtime still uses is not handed out again.
    if (entry.memory.revoke() && !(this.#isPart && this.#given)) this.#push(entry);
    else this.#freeEntry(entry, errors);
    this.#gate.leave(ticket);
    if (--this.#refs === 0) this.#end(errors, RELEASE);
    else errors.throwAny(RELEASE);
  }

  lose(entry: PoolEntry): void {
    this.#freed++;
    entry.original.lose(entry.memory);
    this.#gate.leave(entry.ticket!);
    if (--this.#refs === 0) this.#end(new AllErrors(), RELEASE);
  }

  async #wait(options: PoolGetOptions): Promise<BufferRef> {
    this.#checkOpen(GET);
    return this.handOut(await this.#gate.wait(options));
  }

  #handOutIdle(entry: PoolEntry, ticket: PoolTicket): BufferRef {
    this.#home.checkStruct(GET, "AVBufferRef");
    this.#head = entry.next;
    this.#idle--;
    this.#hits++;
    return this.#reference(entry, ticket);
  }

  #handOutNew(ticket: PoolTicket): BufferRef {
    if (this.#allocate === undefined) {
      const entry = this.#newEntry(GET);
      this.#misses++;
      return this.#reference(entry, ticket);
    }
    const ref = this.#callAllocate(GET);
    const entry = this.#adopt(ref);
    this.#misses++;
    this.#refs++;
    entry.ticket = ticket;
    return ref;
  }

  /** A new reference to an entry: from the first byte of its memory on, of the pool's size, writable, whatever it was before. */
  #reference(entry: PoolEntry, ticket: PoolTicket): BufferRef {
    entry.next = null;
    entry.fast = null;
    entry.ticket = ticket;
    entry.buffer.refs = 1;
    this.#refs++;
    return CoreBufferRef.open(this.#home, GET, entry.buffer, 0, this.size);
  }

  #unsafeNew(): UnsafeBuffer {
    try {
      this.#checkOpen(GET);
      const entry = this.#newIdleEntry(GET);
      this.#misses++;
      return this.#unsafeOut(entry);
    } catch (error) {
      this.#gate.leaveUnnamed();
      throw error;
    }
  }

  #unsafeOut(entry: PoolEntry): UnsafeBuffer {
    const fast = entry.fast ??= new FastBuffer(entry, this.size);
    fast.state = this.#number;
    fast.ledgerEntry = this.#home.ledger.open(GET, this.size);
    this.#refs++;
    return fast;
  }

  #push(entry: PoolEntry): void {
    if (this.#poison !== undefined) entry.memory.view(0, entry.memory.size).fill(this.#poison);
    entry.next = this.#head;
    this.#head = entry;
    this.#idle++;
  }

  /** An entry with memory of our own. */
  #newEntry(op: string): PoolEntry {
    this.#home.checkStruct(op, "BufferPoolEntry");
    return new PoolEntry(this, this.#home.allocate(op, this.size), this.#home, null);
  }

  /** An entry that no reference refers to. */
  #newIdleEntry(op: string): PoolEntry {
    if (this.#allocate === undefined) return this.#newEntry(op);
    const ref = this.#callAllocate(op);
    if (ref.refCount !== 1) {
      const count = ref.refCount;
      ref.unref();
      invalid(op, `Cannot call ${op}: allocate gave a buffer with ${count} references, wanted one`);
    }
    const entry = this.#adopt(ref);
    ref.surrender();
    return entry;
  }

  /** What the program's function gives: a live reference that can come into the pool. */
  #callAllocate(op: string): CoreBufferRef {
    this.#allocating = true;
    let given: BufferRef | null;
    try {
      given = this.#allocate!(this.size);
    } finally {
      this.#allocating = false;
    }
    if (given === null) {
      throw new MediaError("ENOMEM", `Cannot call ${op}: allocate gave null, wanted a buffer`, {
        op,
        averror: AVERROR.ENOMEM,
      });
    }
    const ref = CoreBufferRef.check(op, "what allocate gave", given);
    if (this.#owns(ref)) {
      this.#refuseForeign(op, "allocate gave a buffer of this pool, wanted one that is not in it");
    }
    const { size } = ref.buffer.memory;
    if (size < this.size) {
      ref.unref();
      invalid(op, `Cannot call ${op}: allocate gave a buffer of ${size} bytes, wanted at least ${this.size}`);
    }
    try {
      this.#home.checkStruct(op, "BufferPoolEntry");
    } catch (error) {
      ref.unref();
      throw error;
    }
    return ref;
  }

  /** Has a buffer come here when nobody refers to it any more. */
  #adopt(ref: CoreBufferRef): PoolEntry {
    const { buffer } = ref;
    const entry = new PoolEntry(this, buffer.memory, buffer.owner, buffer.opaque);
    buffer.owner = entry;
    buffer.opaque = entry.buffer.opaque;
    // C resizes such memory in place, and the pool still hands out the old.
    buffer.reallocatable = false;
    return entry;
  }

  #preallocate(count: number): void {
    try {
      for (let i = 0; i < count; i++) this.#push(this.#newIdleEntry(INIT));
    } catch (error) {
      this.#flush(new AllErrors());
      throw error;
    }
  }

  #flush(errors: AllErrors): number {
    let count = 0;
    for (let entry = this.#head; entry !== null; entry = this.#head) {
      this.#head = entry.next;
      this.#idle--;
      this.#freeEntry(entry, errors);
      count++;
    }
    return count;
  }

  #freeEntry(entry: PoolEntry, errors: AllErrors): void {
    this.#freed++;
    try {
      entry.free();
    } catch (error) {
      errors.add(error);
    }
  }

  /** Nobody holds the pool or a buffer of it any more. */
  #end(errors: AllErrors, op: string): void {
    this.#flush(errors);
    try {
      this.#free?.();
    } catch (error) {
      errors.add(error);
    }
    errors.throwAny(op);
  }

  #owns(ref: CoreBufferRef): boolean {
    const { owner } = ref.buffer;
    return owner instanceof PoolEntry && owner.pool === this;
  }

  #checkOpen(op: string): void {
    if (this.#given) {
      throw new MediaError(
        "USE_AFTER_FREE",
        `Cannot call ${op}: the pool was given up, wanted one before its uninit`,
        { op },
      );
    }
    if (!this.#allocating) return;
    throw new MediaError(
      "LOCKED",
      `Cannot call ${op}: the pool is in its allocate function, wanted a call after it`,
      { op },
    );
  }

  #refuseForeign(op: string, found: string): never {
    throw new MediaError("WRONG_OWNER", `Cannot call ${op}: ${found}`, { op });
  }

  #refuseFast(buffer: UnsafeBuffer): never {
    if (!(buffer instanceof FastBuffer)) {
      throw new TypeError(
        `Cannot call ${RELEASE}: buffer is ${show(buffer)}, wanted one of unsafeGet`,
      );
    }
    if (buffer.entry.pool !== this) {
      this.#refuseForeign(RELEASE, "the buffer is of another pool, wanted one of this pool");
    }
    throw new MediaError(
      "DOUBLE_FREE",
      `Cannot call ${RELEASE}: the buffer was released before, wanted one that is out` +
        this.#home.ledger.describe(buffer.ledgerEntry),
      { op: RELEASE },
    );
  }
}
