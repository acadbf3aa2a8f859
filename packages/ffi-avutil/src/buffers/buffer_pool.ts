import {
  type BufferPool,
  type BufferPoolOptions,
  type BufferRef,
  MediaError,
  type PoolAllocator,
  type PoolGetOptions,
  type PoolStats,
} from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import { PoolGate, type PoolTicket } from "@mediamem/ledger";
import { noMemory } from "../failure.ts";
import type { BufferContext } from "./buffer_context.ts";
import { type AvutilBufferRef, NativeBufferRef } from "./buffer_ref.ts";
import { InnerPool, type PoolOwner, type PoolSource } from "./inner_pool.ts";
import { ProgramAllocator } from "./pool_allocator.ts";
import { PoolMember } from "./pool_member.ts";
import { holdPoolOptions } from "./pool_options.ts";
import { ENTRY_BYTES } from "./struct_bytes.ts";

const INIT = "av_buffer_pool_init2";
const GET = "av_buffer_pool_get";
const UNINIT = "av_buffer_pool_uninit";

/** A pool of native buffers. */
export interface AvutilBufferPool extends BufferPool {
  /**
   * The `AVBufferPool *`, for C that takes buffers itself. `EINVAL` where `allocate` is JavaScript, which C could not ask.
   *
   * Once it was asked for, `trim` is `LOCKED`: it would put another pool in the place of this one.
   */
  readonly pointer: number;
  /** A buffer, as {@linkcode BufferPool.get} says (`av_buffer_pool_get`). */
  get(): AvutilBufferRef;
  /** The same, waiting until one comes back. */
  get(options: PoolGetOptions): Promise<AvutilBufferRef>;
  /** A buffer, or null where `max` are out. */
  tryGet(holder?: string): AvutilBufferRef | null;
}

/**
 * A pool of libavutil, with an account of what is out.
 *
 * A buffer that C still refers to when the program gives its last reference back counts as out until the pool hands it out again. What is
 * out at a `trim` is freed, and not used again, when the last of it is back.
 */
export class NativeBufferPool implements AvutilBufferPool, PoolOwner {
  readonly size: number;
  readonly poison: number | undefined;
  readonly #context: BufferContext;
  readonly #allocator: ProgramAllocator | null;
  readonly #source: PoolSource;
  #free: (() => void) | undefined;
  readonly #gate: PoolGate;
  /** Every `AVBufferPool` that has members: the present one, and those before a `trim`. */
  readonly #inners: Set<InnerPool> = new Set();
  #inner: InnerPool;
  #exposed = false;
  #given = false;
  #hits = 0;
  #misses = 0;
  #returned = 0;
  #freed = 0;

  /**
   * Makes a pool. Programs get it from {@linkcode Buffers.poolInit}.
   *
   * @param usual What makes buffers where `options` do not say; undefined where the library does it itself.
   */
  constructor(
    context: BufferContext,
    size: number,
    options: BufferPoolOptions,
    usual: Exclude<PoolAllocator, number> | undefined,
  ) {
    context.checkSize(INIT, "size", size);
    const held = holdPoolOptions(context, INIT, options);
    const { allocate = usual, free, poison, preallocate = 0 } = held;
    this.size = size;
    this.poison = poison;
    this.#context = context;
    this.#free = free;
    this.#allocator = typeof allocate === "function" ? new ProgramAllocator(context, size, allocate) : null;
    this.#source = typeof allocate === "number" ? allocate : this.#allocator === null ? "library" : "program";
    this.#gate = new PoolGate(GET, held, context.ledger);
    context.signals.settle(INIT);
    this.#inner = this.#makeInner();
    this.#preallocate(preallocate);
  }

  get pointer(): number {
    const op = "AVBufferPool";
    this.#checkOpen(op);
    if (this.#source === "program") {
      invalid(op, `Cannot give the pool to C: its allocate is JavaScript, wanted a native one or none`);
    }
    this.#exposed = true;
    return this.#inner.pointer;
  }

  get(): AvutilBufferRef;
  get(options: PoolGetOptions): Promise<AvutilBufferRef>;
  get(options?: PoolGetOptions): AvutilBufferRef | Promise<AvutilBufferRef> {
    if (options !== undefined) return this.#wait(options);
    this.#begin();
    return this.#handOut(this.#gate.enter(null));
  }

  tryGet(holder: string | null = null): AvutilBufferRef | null {
    this.#begin();
    const ticket = this.#gate.tryEnter(holder);
    return ticket === null ? null : this.#handOut(ticket);
  }

  release(ref: BufferRef): void {
    const op = "av_buffer_unref";
    const known = ref instanceof NativeBufferRef ? ref : NativeBufferRef.check(this.#context, op, "ref", ref);
    // A dead reference says so itself.
    if (known.live && !this.#owns(known)) {
      throw new MediaError(
        "WRONG_OWNER",
        `Cannot call ${op}: the reference is to another buffer, wanted one of this pool`,
        { op },
      );
    }
    known.unref();
  }

  trim(): number {
    const op = "BufferPool.trim";
    this.#checkOpen(op);
    const old = this.#inner;
    const count = old.idle;
    if (count === 0) return 0;
    if (this.#exposed) {
      throw new MediaError(
        "LOCKED",
        `Cannot call ${op}: its pointer was asked for, wanted a pool that C does not know`,
        { op },
      );
    }
    this.#inner = this.#makeInner();
    old.close();
    this.#context.signals.settle(op);
    return count;
  }

  stats(): PoolStats {
    let out = 0;
    let idle = 0;
    for (const inner of this.#inners) {
      out += inner.out;
      idle += inner.idle;
    }
    return {
      hits: this.#hits,
      misses: this.#misses,
      out,
      idle,
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
    this.#gate.close();
    this.#inner.close();
    try {
      this.#allocator?.close();
    } finally {
      this.#context.signals.settle(UNINIT);
    }
  }

  [Symbol.dispose](): void {
    if (!this.#given) this.uninit();
  }

  cameBack(member: PoolMember): void {
    this.#returned++;
    const { ticket } = member;
    member.ticket = null;
    if (ticket !== null) this.#gate.leave(ticket);
  }

  freed(count: number): void {
    this.#freed += count;
  }

  died(pool: InnerPool): void {
    this.#inners.delete(pool);
    if (this.#given && this.#inners.size === 0) this.#free?.();
  }

  #makeInner(): InnerPool {
    const inner = new InnerPool(this.#context, this, this.size, this.#source);
    this.#inners.add(inner);
    return inner;
  }

  /** What is done before every request. */
  #begin(): void {
    this.#checkOpen(GET);
    this.#context.signals.settle(GET);
  }

  async #wait(options: PoolGetOptions): Promise<AvutilBufferRef> {
    this.#begin();
    return this.#handOut(await this.#gate.wait(options));
  }

  /** Gives a buffer to who has a ticket of the gate. The ticket goes back where it throws. */
  #handOut(ticket: PoolTicket): NativeBufferRef {
    try {
      this.#checkOpen(GET);
      return this.#take(ticket);
    } catch (error) {
      this.#gate.leave(ticket);
      throw error;
    }
  }

  #take(ticket: PoolTicket | null): NativeBufferRef {
    const context = this.#context;
    const inner = this.#inner;
    const { ledger, struct, symbols } = context;
    // By our count, C has to ask for a new one. Where it need not, it had references that it has given back since.
    const empty = inner.idle === 0;
    if (empty && this.#allocator !== null) inner.lend(this.#allocator.prepare((ref) => !this.#owns(ref)));
    const counted = empty && this.#allocator === null ? this.#count() : 0;
    let pointer = 0;
    try {
      pointer = symbols.av_buffer_pool_get(inner.pointer);
    } finally {
      if (pointer === 0) {
        ledger.shrink(counted);
        this.#allocator?.keep();
      }
    }
    if (pointer === 0) noMemory(GET, this.size);
    struct.read(pointer);
    const { buffer: key, data, size } = struct;
    const entry = symbols.av_buffer_get_opaque(pointer);
    const prepared = this.#allocator?.takeIf(key) ?? null;
    if (prepared !== null) {
      this.#misses++;
      return this.#pool(prepared, pointer, entry, ticket);
    }
    let member = context.members.get(entry);
    if (member !== undefined && member.pool === inner) {
      ledger.shrink(counted);
      inner.cameBack(member);
      this.#hits++;
    } else {
      const bytes = empty ? counted : this.#countLate(pointer);
      member = new PoolMember(inner, entry, data, size, bytes, null);
      inner.add(member);
      this.#misses++;
    }
    inner.leave(member);
    member.ticket = ticket;
    const buffer = context.begin(0);
    buffer.member = member;
    buffer.program = member.signal?.memory ?? null;
    buffer.start = member.start;
    buffer.length = member.length;
    return NativeBufferRef.open(GET, pointer, buffer, data, size);
  }

  /** Makes what `allocate` gave a member: C has put a reference of its own into the pool, and the handle gets that one. */
  #pool(
    handle: NativeBufferRef,
    pointer: number,
    entry: number,
    ticket: PoolTicket | null,
  ): NativeBufferRef {
    const context = this.#context;
    const inner = this.#inner;
    const { reference } = handle;
    const { buffer } = reference;
    const bytes = context.account.change(buffer.key, 0);
    const member = new PoolMember(inner, entry, buffer.start, buffer.length, bytes, buffer.signal);
    member.other = buffer.member;
    member.ticket = ticket;
    buffer.member = member;
    buffer.signal = null;
    inner.add(member);
    inner.leave(member);
    context.unref(reference.pointer);
    reference.pointer = pointer;
    return handle;
  }

  /** Counts a buffer that C is about to make. */
  #count(): number {
    return this.#context.cap.count(GET, this.size, Math.max(this.size, ENTRY_BYTES));
  }

  /** Counts a buffer that C had to make although one should have been in the pool: other code takes buffers of it too. */
  #countLate(pointer: number): number {
    try {
      return this.#count();
    } catch (error) {
      this.#context.unref(pointer);
      throw error;
    }
  }

  #preallocate(count: number): void {
    const taken: NativeBufferRef[] = [];
    const giveBack = (): void => {
      for (const ref of taken) this.#context.drop(ref.surrender());
    };
    try {
      for (let i = 0; i < count; i++) {
        const ref = this.#take(null);
        taken.push(ref);
        if (ref.refCount === 1) continue;
        invalid(
          INIT,
          `Cannot call ${INIT}: allocate gave a buffer with ${ref.refCount} references, wanted one`,
        );
      }
    } catch (error) {
      // There is no pool: its own `free` is not called.
      this.#free = undefined;
      giveBack();
      this.#inner.close();
      try {
        this.#context.signals.settle(INIT);
      } catch {
        // What led here says more than what came of it.
      }
      throw error;
    }
    giveBack();
    this.#misses = 0;
    this.#returned = 0;
  }

  #owns(ref: NativeBufferRef): boolean {
    return ref.reference.buffer.member?.pool.owner === this;
  }

  #checkOpen(op: string): void {
    if (this.#given) {
      throw new MediaError(
        "USE_AFTER_FREE",
        `Cannot call ${op}: the pool was given up, wanted one before its uninit`,
        { op },
      );
    }
    if (this.#allocator?.running !== true) return;
    throw new MediaError(
      "LOCKED",
      `Cannot call ${op}: the pool is in its allocate function, wanted a call after it`,
      { op },
    );
  }
}
