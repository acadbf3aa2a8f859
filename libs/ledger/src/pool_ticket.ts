import { Link } from "./ring.ts";

/** One buffer out: who holds it. */
export interface PoolTicket {
  /** The name that was given with the request, or null. */
  readonly holder: string | null;
  /** Where the request was, where tracing kept it; else null. */
  readonly site: readonly string[] | null;
}

/** The ticket as the gate keeps it: in the ring of what is out. */
export class OpenTicket extends Link implements PoolTicket {
  /** Makes a ticket that is in no ring. */
  constructor(readonly holder: string | null, readonly site: readonly string[] | null) {
    super();
  }
}
