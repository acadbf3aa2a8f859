import type { PoolTicket } from "@mediamem/ledger";
import type { InnerPool } from "./inner_pool.ts";
import type { ReleaseSignal } from "./release_signal.ts";

/** A buffer of a pool (`BufferPoolEntry`), in the pool or out of it. */
export class PoolMember {
  /** Whether it is out, as far as we know: C may have brought it back without a word. */
  out = false;
  /** Who holds it. */
  ticket: PoolTicket | null = null;
  /** What it is of another pool, which gave it to this one for good. */
  other: PoolMember | null = null;

  /**
   * Describes a member.
   *
   * @param pool Where it comes back to.
   * @param entry Address of the `BufferPoolEntry`.
   * @param start Address of its memory.
   * @param length Bytes of its memory.
   * @param bytes Bytes of it that are in the account.
   * @param signal What tells that C has freed memory that the program brought; null for other memory.
   */
  constructor(
    readonly pool: InnerPool,
    readonly entry: number,
    readonly start: number,
    readonly length: number,
    readonly bytes: number,
    readonly signal: ReleaseSignal | null,
  ) {}
}
