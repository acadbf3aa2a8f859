import type { PoolGetOptions } from "@mediamem/interface";
import { Link } from "./ring.ts";
import type { OpenTicket, PoolTicket } from "./pool_ticket.ts";

/** One who waits for a buffer, in the ring of those who wait. Leaves nothing behind when the wait ends: no timer, no listener. */
export class PoolWaiter extends Link {
  /** What is handed out when the wait ends well. */
  readonly ticket: OpenTicket;
  readonly #resolve: (ticket: PoolTicket) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.fail(this.#signal!.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins a wait. `expired` makes the error of a wait that lasted too long. */
  constructor(
    ticket: OpenTicket,
    { signal, timeout = Infinity }: PoolGetOptions,
    expired: () => unknown,
    resolve: (ticket: PoolTicket) => void,
    reject: (reason: unknown) => void,
  ) {
    super();
    this.ticket = ticket;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#signal = signal;
    signal?.addEventListener("abort", this.#onAbort);
    if (timeout !== Infinity) this.#timer = setTimeout(() => this.fail(expired()), timeout);
  }

  /** Ends the wait with its ticket. */
  serve(): void {
    this.#end();
    this.#resolve(this.ticket);
  }

  /** Ends the wait with an error. */
  fail(reason: unknown): void {
    this.#end();
    this.#reject(reason);
  }

  #end(): void {
    this.remove();
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }
}
