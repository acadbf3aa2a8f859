import { AVERROR, MediaError } from "@mediamem/interface";
import { checkInteger, invalid } from "@mediamem/checks";
import type { AllocationLedger, LedgerEntry } from "@mediamem/ledger";
import type { AllocationLimit } from "../memory/allocation_limit.ts";
import { type BufferMemory, OwnMemory } from "./buffer_memory.ts";
import type { CoreBuffer, MemoryOwner } from "./core_buffer.ts";

/** What C allocates beside the bytes, on a 64-bit machine: the cap on one request holds for these too. */
export const STRUCT_BYTES = { AVBuffer: 48, AVBufferRef: 24, BufferPoolEntry: 88, AVBufferPool: 96 } as const;

interface Lost {
  readonly buffer: CoreBuffer;
  readonly entry: LedgerEntry;
}

/** What all buffers of a backend share: its account, its cap, and the end of memory that was allocated here. */
export class BufferHome implements MemoryOwner {
  readonly #lost = new FinalizationRegistry<Lost>(({ buffer, entry }) => {
    this.ledger.abandon(entry);
    buffer.lose();
  });

  /** Makes a home without buffers. */
  constructor(readonly ledger: AllocationLedger, readonly limit: AllocationLimit) {}

  /** Memory of `size` bytes, all zero and counted. `OVER_BUDGET` and `ENOMEM` take nothing. */
  allocate(op: string, size: number): OwnMemory {
    if (size > this.limit.maxAlloc) this.#refuse(op, size);
    this.ledger.grow(op, size);
    try {
      return new OwnMemory(size);
    } catch (cause) {
      this.ledger.shrink(size);
      this.#refuse(op, size, cause);
    }
  }

  /** Makes memory larger or smaller. `OVER_BUDGET` and `ENOMEM` change nothing. */
  resize(op: string, memory: OwnMemory, size: number): void {
    if (size > this.limit.maxAlloc) this.#refuse(op, size);
    const more = size - memory.size;
    if (more > 0) this.ledger.grow(op, more);
    try {
      memory.resize(size);
    } catch (cause) {
      if (more > 0) this.ledger.shrink(more);
      this.#refuse(op, size, cause);
    }
    if (more < 0) this.ledger.shrink(-more);
  }

  /** Throws `ENOMEM` where C could not allocate the struct that goes with a buffer. */
  checkStruct(op: string, struct: keyof typeof STRUCT_BYTES): void {
    if (STRUCT_BYTES[struct] > this.limit.maxAlloc) this.#refuse(op, STRUCT_BYTES[struct]);
  }

  release(memory: BufferMemory): void {
    (memory as OwnMemory).free();
    this.ledger.shrink(memory.size);
  }

  lose(memory: BufferMemory): void {
    this.ledger.shrink(memory.size);
  }

  /** Counts a reference that was handed out; gives its entry. */
  open(op: string, size: number, handle: WeakKey, buffer: CoreBuffer): LedgerEntry | null {
    const entry = this.ledger.open(op, size);
    if (entry !== null) this.watch(entry, handle, buffer);
    return entry;
  }

  /** Has the garbage collector report a reference that nobody gives back. */
  watch(entry: LedgerEntry, handle: WeakKey, buffer: CoreBuffer): void {
    this.#lost.register(handle, { buffer, entry }, handle);
  }

  /** Counts a reference that was given back. */
  close(entry: LedgerEntry | null, handle: WeakKey): void {
    if (entry !== null) this.unwatch(handle);
    this.ledger.close(entry);
  }

  /** Undoes {@linkcode BufferHome.watch}. */
  unwatch(handle: WeakKey): void {
    this.#lost.unregister(handle);
  }

  #refuse(op: string, size: number, cause?: unknown): never {
    throw new MediaError(
      "ENOMEM",
      `Cannot call ${op}: it takes ${size} bytes, wanted at most ${this.limit.maxAlloc} and what is free`,
      { op, averror: AVERROR.ENOMEM, cause },
    );
  }
}

/** Gives a size or an offset. Throws unless it is an integer from 0 up. */
export function checkedSize(op: string, name: string, value: number): number {
  checkInteger(op, name, value);
  if (value < 0) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 0`);
  // -0 is 0 in C.
  return value + 0;
}
