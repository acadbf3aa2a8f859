import { Link } from "./ring.ts";

/** One thing that was handed out: a block, a reference, a frame. */
export interface LedgerEntry {
  /** The C function that gave it. */
  readonly op: string;
  /** Bytes that it keeps alive. Whoever holds the entry sets it anew when that changes. */
  bytes: number;
  /** How many were handed out before it. */
  readonly serial: number;
  /** When it was handed out, milliseconds since 1970. */
  readonly time: number;
  /** The stack of the call; null where none was kept. */
  readonly site: readonly string[] | null;
  /** The stack of the call that gave it back; null while it is alive and where none was kept. */
  closedAt: readonly string[] | null;
}

/** The entry as the ledger keeps it: in the ring of what is alive. */
export class LiveEntry extends Link implements LedgerEntry {
  closedAt: readonly string[] | null = null;

  /** Makes an entry that is in no ring. */
  constructor(
    readonly op: string,
    public bytes: number,
    readonly serial: number,
    readonly time: number,
    readonly site: readonly string[] | null,
  ) {
    super();
  }
}
