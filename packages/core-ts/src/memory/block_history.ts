import { MediaError } from "@mediamem/interface";
import type { AllocationLedger, LedgerEntry } from "@mediamem/ledger";

/** How many freed blocks are remembered, the latest. */
const FREED_KEPT = 4096;

/** Which blocks were taken and freed where, of those that were taken while tracing was on. */
export class BlockHistory {
  readonly #ledger: AllocationLedger;
  readonly #live: Map<number, LedgerEntry> = new Map();
  /** In the order in which they were freed. */
  readonly #freed: Map<number, LedgerEntry> = new Map();

  /** Begins with nothing remembered. */
  constructor(ledger: AllocationLedger) {
    this.#ledger = ledger;
  }

  /** Counts the block at an address as taken. */
  open(op: string, address: number, bytes: number): void {
    const entry = this.#ledger.open(op, bytes);
    if (entry !== null) this.#live.set(address, entry);
  }

  /** Counts the block at an address as given back. */
  close(address: number): void {
    const entry = this.#live.size === 0 ? undefined : this.#live.get(address);
    this.#ledger.close(entry ?? null);
    if (entry === undefined) return;
    this.#live.delete(address);
    this.#freed.delete(address);
    this.#freed.set(address, entry);
    if (this.#freed.size <= FREED_KEPT) return;
    for (const oldest of this.#freed.keys()) {
      this.#freed.delete(oldest);
      return;
    }
  }

  /** Gives the error to throw for one about an address: with what is known of the block there, where anything is. */
  tell(error: unknown, address: number): unknown {
    if (!(error instanceof MediaError) || this.#live.size + this.#freed.size === 0) return error;
    const sites = this.#ledger.describe(this.#entryAt(address));
    if (sites === "") return error;
    const { code, message, op, averror } = error;
    return new MediaError(code, message + sites, averror === undefined ? { op } : { op, averror });
  }

  #entryAt(address: number): LedgerEntry | null {
    return blockAt(this.#live, address) ?? blockAt(this.#freed, address);
  }
}

/** Of the blocks that an address lies in, the latest. */
function blockAt(entries: ReadonlyMap<number, LedgerEntry>, address: number): LedgerEntry | null {
  const exact = entries.get(address);
  if (exact !== undefined) return exact;
  let found: LedgerEntry | null = null;
  for (const [start, entry] of entries) {
    if (start < address && address < start + entry.bytes) found = entry;
  }
  return found;
}
