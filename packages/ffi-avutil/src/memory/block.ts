import type { NativeMemory } from "@mediamem/ffi";
import type { LedgerEntry } from "@mediamem/ledger";

/** A live block of `av_malloc`. */
export class Block {
  /** The program's view of all of it; null while nobody has asked for one. */
  view: NativeMemory | null = null;

  /**
   * Describes a block.
   *
   * @param address Address of the first byte.
   * @param size Bytes that were asked for.
   * @param entry Its place in the account.
   */
  constructor(readonly address: number, readonly size: number, readonly entry: LedgerEntry | null) {}
}
