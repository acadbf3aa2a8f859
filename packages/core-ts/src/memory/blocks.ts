import { invalid, plural } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import type { AllocationLedger } from "@mediamem/ledger";
import type { AllocationLimit } from "./allocation_limit.ts";
import { allocate } from "./allocate.ts";
import { BlockHistory } from "./block_history.ts";
import { createDefaultHeap } from "./default_heap.ts";
import { addressOf, blockAround, requestedBytes } from "./find_block.ts";
import { type Heap, memoryOf } from "./heap.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { checkPointer } from "./memory_arguments.ts";
import { type FreedCode, refusePlace } from "./misuse.ts";
import { reallocate } from "./reallocate.ts";
import { blockInUse, release } from "./release.ts";

/** The blocks of one backend: its heap, its account and the cap on one request, which all of `av_malloc`'s family stand on. */
export class Blocks {
  readonly #ledger: AllocationLedger;
  readonly #history: BlockHistory;
  /** The addresses of the blocks in use, in a heap that others may take from; null in a heap of its own, where all blocks are. */
  readonly #own: Set<number> | null;
  #memory: HeapMemory | null;

  /**
   * Makes a backend's blocks.
   *
   * @param ledger What they are counted in.
   * @param limit The cap on one request.
   * @param heap Where they lie; undefined: in a heap that is made when the first is taken.
   */
  constructor(ledger: AllocationLedger, readonly limit: AllocationLimit, heap?: Heap) {
    this.#ledger = ledger;
    this.#history = new BlockHistory(ledger);
    this.#own = heap === undefined ? null : new Set();
    this.#memory = heap === undefined ? null : memoryOf(heap);
  }

  /** The heap's memory. */
  get memory(): HeapMemory {
    return this.#memory ??= createDefaultHeap();
  }

  /** Takes a block as `av_malloc` does: no bytes are one byte to the cap. */
  malloc(op: string, size: number): number {
    const { maxAlloc } = this.limit;
    if (size > maxAlloc || maxAlloc === 0) refuseRequest(op, size, maxAlloc);
    return this.#take(op, size);
  }

  /** Makes a block larger or smaller, or takes a new one for 0, as `av_realloc` does: on failure the old one stays. */
  realloc(op: string, address: number, size: number): number {
    const before = this.checkStart(op, address);
    if (size > this.limit.maxAlloc) refuseRequest(op, size, this.limit.maxAlloc);
    return address === 0 ? this.#take(op, size) : this.#retake(op, address, before, size);
  }

  /** Frees a block; 0 is fine. */
  free(op: string, address: number): void {
    if (address === 0) return;
    checkPointer(op, address);
    let bytes;
    try {
      if (this.#own !== null) this.#checkOwn(op, address, "DOUBLE_FREE");
      bytes = release(this.memory, op, address);
    } catch (error) {
      throw this.#history.tell(error, address);
    }
    this.#own?.delete(address);
    this.#ledger.shrink(bytes);
    this.#history.close(address);
  }

  /** Throws unless an address is 0 or that of a block in use; gives the bytes that were asked for there. */
  checkStart(op: string, address: number): number {
    if (address === 0) return 0;
    checkPointer(op, address);
    try {
      if (this.#own !== null) this.#checkOwn(op, address, "USE_AFTER_FREE");
      return requestedBytes(this.memory, blockInUse(this.memory, op, address, "USE_AFTER_FREE"));
    } catch (error) {
      throw this.#history.tell(error, address);
    }
  }

  /** Throws unless an address lies in a block in use; gives that block. */
  checkInside(op: string, address: number): number {
    checkPointer(op, address);
    try {
      return blockAround(this.memory, op, address) || refusePlace(this.memory, op, address);
    } catch (error) {
      throw this.#history.tell(error, address);
    }
  }

  /** Throws unless the `length` bytes from an address on, and the `back` bytes before it, lie in one block in use. */
  checkRange(op: string, address: number, back: number, length: number): void {
    const block = this.checkInside(op, address);
    const start = addressOf(this.memory, block);
    const end = start + requestedBytes(this.memory, block);
    if (address + length > end) {
      invalid(
        op,
        `Cannot call ${op}: ${length} bytes at ${address}, ${address - start} bytes into the block of ${
          end - start
        } at ${start}, wanted at most ${end - address} bytes from there`,
      );
    }
    if (address - back < start) {
      invalid(
        op,
        `Cannot call ${op}: ${back} bytes before ${address}, wanted at most the ${
          address - start
        } since the start of the block`,
      );
    }
  }

  /** Throws for a block in use that somebody else took from the heap, and for what is no block as the heap does. */
  #checkOwn(op: string, address: number, freed: FreedCode): void {
    if (this.#own!.has(address)) return;
    const bytes = requestedBytes(this.memory, blockInUse(this.memory, op, address, freed));
    throw new MediaError(
      "WRONG_OWNER",
      `Cannot call ${op}: the block of ${
        plural(bytes, "byte")
      } at ${address} was taken from the heap by somebody else, wanted one of this backend`,
      { op },
    );
  }

  #take(op: string, size: number): number {
    const { memory } = this;
    this.#ledger.grow(op, size);
    let address;
    try {
      address = allocate(memory, op, size, memory.granule);
    } catch (error) {
      this.#ledger.shrink(size);
      throw error;
    }
    this.#own?.add(address);
    this.#history.open(op, address, size);
    return address;
  }

  #retake(op: string, address: number, before: number, size: number): number {
    const more = Math.max(0, size - before);
    if (more > 0) this.#ledger.grow(op, more);
    let moved;
    try {
      moved = reallocate(this.memory, op, address, size);
    } catch (error) {
      this.#ledger.shrink(more);
      throw this.#history.tell(error, address);
    }
    this.#ledger.shrink(before + more - size);
    this.#own?.delete(address);
    this.#own?.add(moved);
    this.#history.close(address);
    this.#history.open(op, moved, size);
    return moved;
  }
}

/** Throws the `ENOMEM` of a request beyond the cap. */
export function refuseRequest(op: string, size: number, most: number): never {
  throw new MediaError(
    "ENOMEM",
    `Cannot call ${op}: ${size} bytes in one request, wanted at most ${most}, which maxAlloc sets`,
    { op, averror: AVERROR.ENOMEM },
  );
}
