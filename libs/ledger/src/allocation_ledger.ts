import {
  AVERROR,
  type LeakReport,
  type LeakScope,
  type Ledger,
  type LedgerOptions,
  MediaError,
  type Tracing,
} from "@mediamem/interface";
import type { LedgerEntry } from "./ledger_entry.ts";

/**
 * The account of one backend. Bytes and entries are counted apart: memory with three references is three entries and its bytes once.
 */
export class AllocationLedger implements Ledger {
  tracing: Tracing;
  sampleEvery: number;
  limitBytes: number;
  #live = 0;
  #bytes = 0;
  #peak = 0;
  #abandoned = 0;

  /** Begins an account with nothing in it. */
  constructor(options: LedgerOptions = {}) {
    this.tracing = options.tracing ?? "off";
    this.sampleEvery = options.sampleEvery ?? 64;
    this.limitBytes = options.limitBytes ?? Infinity;
  }

  get live(): number {
    return this.#live;
  }
  get bytes(): number {
    return this.#bytes;
  }
  get peak(): number {
    return this.#peak;
  }
  get abandoned(): number {
    return this.#abandoned;
  }

  /** Counts `bytes` more alive. Throws `OVER_BUDGET`, and counts nothing, beyond the limit. Call it before the memory is taken. */
  grow(op: string, bytes: number): void {
    if (this.#bytes + bytes > this.limitBytes) {
      throw new MediaError(
        "OVER_BUDGET",
        `Cannot call ${op}: ${bytes} bytes on top of ${this.#bytes} in use, wanted at most ${this.limitBytes} in all`,
        { op, averror: AVERROR.ENOMEM },
      );
    }
    this.#bytes += bytes;
    if (this.#bytes > this.#peak) this.#peak = this.#bytes;
  }

  /** Counts `bytes` fewer alive: the memory was given back, or could not be taken after all. */
  shrink(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Counts one more handed out; gives its entry, null where tracing is off. */
  open(_op: string, _bytes: number): LedgerEntry | null {
    this.#live++;
    return null;
  }

  /** Counts one given back. */
  close(_entry: LedgerEntry | null): void {
    this.#live--;
  }

  /** Counts one that the garbage collector found, and closes it. */
  abandon(entry: LedgerEntry | null): void {
    this.#abandoned++;
    this.close(entry);
  }

  /** Says where an entry was taken and given back, for the end of an error message: `; taken at f (file:1:2), given back at …`; empty where nothing is known. */
  describe(_entry: LedgerEntry | null): string {
    return "";
  }

  report(): LeakReport {
    return { count: 0, bytes: 0, groups: [], text: "" };
  }

  scope(): LeakScope {
    return { report: () => this.report() };
  }
}
