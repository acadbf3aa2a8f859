import type { AllocationLedger } from "@mediamem/ledger";

/** What the account knows of one `AVBuffer`. */
interface Held {
  bytes: number;
  /** References that the program has, through whatever handle. */
  count: number;
}

/**
 * The native buffers that the program refers to, so that memory with several references is counted once.
 *
 * References that only C has are none of ours: memory is counted from the program's first reference to its last.
 */
export class BufferAccount {
  readonly #ledger: AllocationLedger;
  readonly #held: Map<number, Held> = new Map();

  /** Begins with nothing held. */
  constructor(ledger: AllocationLedger) {
    this.#ledger = ledger;
  }

  /** Counts one more reference to the buffer at an address. Throws `OVER_BUDGET`, and counts nothing, beyond the ledger's limit. */
  hold(op: string, buffer: number, bytes: number): void {
    const held = this.#held.get(buffer);
    if (held !== undefined) {
      held.count++;
      return;
    }
    this.#ledger.grow(op, bytes);
    this.#held.set(buffer, { bytes, count: 1 });
  }

  /** Begins with one reference to a buffer that C has just made, and whose bytes were counted before. */
  begin(buffer: number, bytes: number): void {
    this.#held.set(buffer, { bytes, count: 1 });
  }

  /** Notes that a buffer has so many bytes now, which were counted before; gives how many it had. */
  change(buffer: number, bytes: number): number {
    const held = this.#held.get(buffer)!;
    const before = held.bytes;
    held.bytes = bytes;
    return before;
  }

  /** Counts one reference fewer. */
  release(buffer: number): void {
    const held = this.#held.get(buffer)!;
    if (--held.count > 0) return;
    this.#held.delete(buffer);
    this.#ledger.shrink(held.bytes);
  }
}
