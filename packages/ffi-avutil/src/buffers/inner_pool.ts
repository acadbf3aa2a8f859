import { lengthOf } from "@mediamem/checks";
import { memory, type PointerArray, pointerArray } from "@mediamem/ffi";
import { noMemory } from "../failure.ts";
import type { BufferContext } from "./buffer_context.ts";
import type { NativeBufferRef } from "./buffer_ref.ts";
import type { PoolMember } from "./pool_member.ts";
import type { ReleaseSignal } from "./release_signal.ts";
import { POOL_BYTES } from "./struct_bytes.ts";

const INIT = "av_buffer_pool_init2";

/** What an inner pool tells its owner. */
export interface PoolOwner {
  /** A byte to fill returned memory with; undefined for none. */
  readonly poison: number | undefined;
  /** A member came back. */
  cameBack(member: PoolMember): void;
  /** Members were freed. */
  freed(count: number): void;
  /** C has freed the pool and the last of its members. */
  died(pool: InnerPool): void;
}

/** Where the buffers of a pool come from: C itself, a native function by its address, or what the program prepared before each call. */
export type PoolSource = "library" | "program" | number;

/**
 * An `AVBufferPool`, and what we know of its buffers.
 *
 * No function of JavaScript is given to it. Its `opaque` is the slot of a signal, which C gives when the pool is no more. Where the
 * program brings the buffers, the same slot is an `AVBufferRef` to the one that was prepared, and the pool's allocator is
 * `av_buffer_ref`.
 */
export class InnerPool {
  readonly owner: PoolOwner;
  readonly members: Set<PoolMember> = new Set();
  /** How many members are out. */
  out = 0;
  readonly #context: BufferContext;
  readonly #source: PoolSource;
  readonly #cell: PointerArray = pointerArray(1);
  /** Null for a native allocator: the function that takes one has no `pool_free`. */
  readonly #signal: ReleaseSignal | null;
  #closed = false;

  /** Makes a pool. Throws `ENOMEM`. */
  constructor(context: BufferContext, owner: PoolOwner, size: number, source: PoolSource) {
    this.#context = context;
    this.owner = owner;
    this.#source = source;
    const { symbols, signals, functions } = context;
    if (typeof source === "number") {
      this.#signal = null;
      this.#cell.set(0, symbols.av_buffer_pool_init(size, source));
    } else {
      const signal = this.#signal = signals.take(INIT, () => this.#die());
      let pool = 0;
      try {
        const allocate = source === "program" ? functions.av_buffer_ref : 0;
        pool = symbols.av_buffer_pool_init2(size, signal.slot.address, allocate, functions.av_buffer_unref);
      } finally {
        if (pool === 0) signals.cancel(signal);
      }
      this.#cell.set(0, pool);
      if (source === "library") signal.arm();
    }
    if (this.#cell.get(0) === 0) noMemory(INIT, POOL_BYTES);
  }

  /** The `AVBufferPool *`. */
  get pointer(): number {
    return this.#cell.get(0);
  }

  /** How many members are in the pool. */
  get idle(): number {
    return this.members.size - this.out;
  }

  /** Has C find a buffer in the slot, in case it wants one. */
  lend({ reference, address, size }: NativeBufferRef): void {
    const { slot } = this.#signal!;
    slot.set(0, reference.buffer.key);
    slot.set(1, address);
    slot.set(2, size);
  }

  /** Notes a member that has come into being, and is out. */
  add(member: PoolMember): void {
    this.members.add(member);
    this.#context.members.set(member.entry, member);
  }

  /** Notes that a member is out. */
  leave(member: PoolMember): void {
    member.out = true;
    this.out++;
  }

  /** Gives the program's last reference to a member back. */
  takeBack(member: PoolMember, pointer: number): void {
    const { symbols } = this.#context;
    // Where C has references too, it comes back without a word.
    const alone = symbols.av_buffer_get_ref_count(pointer) === 1;
    if (alone) this.#poison(member);
    this.#context.unref(pointer);
    if (alone) this.cameBack(member);
  }

  /** Notes that a member came back. */
  cameBack(member: PoolMember): void {
    if (!member.out) return;
    member.out = false;
    this.out--;
    if (member.signal !== null) this.#context.signals.stamp(member.signal);
    this.owner.cameBack(member);
    if (this.#closed && this.#signal === null && this.out === 0) this.#die();
  }

  /** Gives the pool up: idle members are freed now, the others when the last one comes back. */
  close(): void {
    const { symbols, signals } = this.#context;
    this.#closed = true;
    if (this.#source === "program") this.#signal!.arm();
    symbols.av_buffer_pool_uninit(this.#cell.bytes);
    for (const member of this.members) {
      if (member.signal !== null) signals.watch(member.signal);
      if (!member.out) this.#free(member);
    }
    if (this.#signal !== null) signals.watch(this.#signal);
    else if (this.out === 0) this.#die();
  }

  #die(): void {
    for (const member of this.members) this.#free(member);
    this.owner.died(this);
  }

  #free(member: PoolMember): void {
    const { ledger, members } = this.#context;
    this.members.delete(member);
    if (members.get(member.entry) === member) members.delete(member.entry);
    ledger.shrink(member.bytes);
    this.owner.freed(1);
    const { other } = member;
    if (other !== null) other.pool.cameBack(other);
  }

  #poison({ start, length, signal }: PoolMember): void {
    const { poison } = this.owner;
    if (poison === undefined || length === 0) return;
    const program = signal?.memory ?? null;
    // What the program moved away is somebody else's now, or nobody's.
    if (program !== null && start + length > program.address + lengthOf(program.data)) return;
    const view = memory(start, length);
    view.bytes.fill(poison);
    view.revoke();
  }
}
