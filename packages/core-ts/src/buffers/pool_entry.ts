import type { LedgerEntry, PoolTicket } from "@mediamem/ledger";
import type { BufferMemory } from "./buffer_memory.ts";
import { CoreBuffer, type MemoryOwner } from "./core_buffer.ts";

/** Where the buffer of an entry comes back to. */
export interface EntryPool {
  /** The last reference was given back. */
  takeBack(entry: PoolEntry): void;
  /** The last reference was found by the garbage collector. */
  lose(entry: PoolEntry): void;
}

/**
 * A buffer of a pool on the fast grade: the same object each time.
 *
 * Nothing ends `data` when it is released; what is read or written then is the next holder's.
 */
export interface UnsafeBuffer {
  /** The bytes. */
  readonly data: Uint8Array<ArrayBufferLike>;
  /** Address of the first byte. */
  readonly address: number;
}

/** {@linkcode UnsafeBuffer} as its pool sees it. */
export class FastBuffer implements UnsafeBuffer {
  readonly data: Uint8Array<ArrayBufferLike>;
  readonly address: number;
  /** The number of its pool while it is out, else 0. */
  state = 0;
  /** What the ledger knows of it while it is out. */
  ledgerEntry: LedgerEntry | null = null;

  /** Makes one over the first `size` bytes of an entry. */
  constructor(readonly entry: PoolEntry, size: number) {
    this.data = entry.memory.view(0, size);
    this.address = entry.memory.address;
  }
}

/** One buffer of a pool (`BufferPoolEntry`): its memory, and who had it before the pool. */
export class PoolEntry implements MemoryOwner {
  /** What the references of later hand-outs refer to; C keeps it inside the entry too. */
  readonly buffer: CoreBuffer;
  /** The entry that was released before this one, while this one is idle. */
  next: PoolEntry | null = null;
  /** Says who holds it, while it is out on the checked grade. */
  ticket: PoolTicket | null = null;
  /** The buffer of the fast grade; null from the next checked hand-out on, which ends the view. */
  fast: FastBuffer | null = null;
  /** What C gives as the opaque of such a buffer is an address that nobody can use. */
  readonly #mark: unknown = Object.freeze({});

  /** Makes an entry that is out. */
  constructor(
    readonly pool: EntryPool,
    readonly memory: BufferMemory,
    readonly original: MemoryOwner,
    readonly originalOpaque: unknown,
  ) {
    this.buffer = new CoreBuffer(memory, this, this.#mark, false, false);
  }

  /** Makes the buffer what a hand-out wants: with one reference, and of this pool, whichever pool had taken it over from here. */
  renew(): void {
    this.buffer.refs = 1;
    this.buffer.owner = this;
    this.buffer.opaque = this.#mark;
  }

  release(): void {
    this.pool.takeBack(this);
  }

  lose(): void {
    this.pool.lose(this);
  }

  /** Gives the memory to who had it before the pool. */
  free(): void {
    this.original.release(this.memory);
  }
}
