import { AVERROR, type BufferRef, MediaError, type PoolAllocator } from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import type { BufferHome } from "./buffer_home.ts";
import { CoreBufferRef } from "./buffer_ref.ts";
import { type EntryPool, PoolEntry } from "./pool_entry.ts";

/** Where a pool gets new buffers from: the program's function, or memory of our own. */
export class PoolSource {
  readonly #home: BufferHome;
  readonly #pool: EntryPool;
  readonly #size: number;
  readonly #allocate: Exclude<PoolAllocator, number> | undefined;
  #busy = false;

  /** Makes the source of one pool. */
  constructor(
    home: BufferHome,
    pool: EntryPool,
    size: number,
    allocate: Exclude<PoolAllocator, number> | undefined,
  ) {
    this.#home = home;
    this.#pool = pool;
    this.#size = size;
    this.#allocate = allocate;
  }

  /** Whether the program's function is running. C holds the lock of the pool then. */
  get busy(): boolean {
    return this.#busy;
  }

  /** The reference that the program's function gives, its buffer in the pool now; null where there is no such function. */
  reference(op: string): CoreBufferRef | null {
    if (this.#allocate === undefined) return null;
    const ref = this.#call(op, this.#allocate);
    this.#adopt(ref);
    return ref;
  }

  /** An entry that no reference refers to. */
  entry(op: string): PoolEntry {
    if (this.#allocate === undefined) {
      this.#home.checkStruct(op, "BufferPoolEntry");
      return new PoolEntry(this.#pool, this.#home.allocate(op, this.#size), this.#home, null);
    }
    const ref = this.#call(op, this.#allocate);
    const count = ref.refCount;
    if (count !== 1) {
      ref.unref();
      invalid(op, `Cannot call ${op}: allocate gave a buffer with ${count} references, wanted one`);
    }
    ref.surrender();
    return this.#adopt(ref);
  }

  /** Has a buffer come to the pool when nobody refers to it any more. */
  #adopt({ buffer }: CoreBufferRef): PoolEntry {
    const entry = new PoolEntry(this.#pool, buffer.memory, buffer.owner, buffer.opaque);
    buffer.owner = entry;
    buffer.opaque = entry.buffer.opaque;
    // C resizes such memory in place, and the pool still hands out the old.
    buffer.reallocatable = false;
    return entry;
  }

  #call(op: string, allocate: Exclude<PoolAllocator, number>): CoreBufferRef {
    let given: BufferRef | null;
    this.#busy = true;
    try {
      given = allocate(this.#size);
    } finally {
      this.#busy = false;
    }
    if (given === null) {
      throw new MediaError("ENOMEM", `Cannot call ${op}: allocate gave null, wanted a buffer`, {
        op,
        averror: AVERROR.ENOMEM,
      });
    }
    const ref = CoreBufferRef.check(this.#home, op, "what allocate gave", given);
    const { owner, memory } = ref.buffer;
    if (owner instanceof PoolEntry && owner.pool === this.#pool) {
      throw new MediaError(
        "WRONG_OWNER",
        `Cannot call ${op}: allocate gave a buffer of this pool, wanted one that is not in it`,
        { op },
      );
    }
    if (memory.size < this.#size) {
      ref.unref();
      invalid(
        op,
        `Cannot call ${op}: allocate gave a buffer of ${memory.size} bytes, wanted at least ${this.#size}`,
      );
    }
    try {
      this.#home.checkStruct(op, "BufferPoolEntry");
    } catch (error) {
      ref.unref();
      throw error;
    }
    return ref;
  }
}
