import type { LedgerEntry } from "@mediamem/ledger";

/** How many freed blocks are remembered, the latest. */
const KEPT = 4096;

/** A block that was freed. */
export interface FreedBlock {
  readonly address: number;
  readonly entry: LedgerEntry | null;
}

/** The blocks that were freed last, so that a second free and a late use can be told from an address that never was one. */
export class FreedBlocks {
  readonly #addresses: Float64Array = new Float64Array(KEPT);
  readonly #sizes: Float64Array = new Float64Array(KEPT);
  readonly #entries: (LedgerEntry | null)[] = [];
  #next = 0;

  /** Remembers a block, and forgets the oldest one. */
  add(address: number, size: number, entry: LedgerEntry | null): void {
    const index = this.#next;
    this.#addresses[index] = address;
    this.#sizes[index] = size;
    this.#entries[index] = entry;
    this.#next = (index + 1) % KEPT;
  }

  /** The block that was freed last of those that an address lay in; null where none is remembered. */
  find(address: number): FreedBlock | null {
    for (let back = 1; back <= KEPT; back++) {
      const index = (this.#next - back + KEPT) % KEPT;
      const start = this.#addresses[index]!;
      if (start === 0) return null;
      if (start === address || (start < address && address < start + this.#sizes[index]!)) {
        return { address: start, entry: this.#entries[index]! };
      }
    }
    return null;
  }
}
