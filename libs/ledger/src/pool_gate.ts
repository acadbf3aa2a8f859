import { AVERROR, MediaError, type PoolGetOptions, type PoolHolder } from "@mediamem/interface";
import { plural } from "@mediamem/checks";
import type { AllocationLedger } from "./allocation_ledger.ts";
import { groupHolders, poolHoldersText } from "./pool_holders.ts";
import { checkHolder, checkPoolGetOptions, checkPoolLimits, type PoolLimits } from "./pool_limits.ts";
import { OpenTicket, type PoolTicket } from "./pool_ticket.ts";
import { PoolWaiter } from "./pool_waiter.ts";
import { Link } from "./ring.ts";

/**
 * Lets as many buffers of a pool out as there may be, and knows who holds them.
 *
 * It counts only: the buffers are the pool's affair, which asks before it hands one out and tells when one is back.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 * import { AllocationLedger, PoolGate } from "@mediamem/ledger";
 *
 * const gate = new PoolGate("av_buffer_pool_get", { max: 1 }, new AllocationLedger());
 * const ticket = gate.enter("decoder");
 * assertThrows(() => gate.enter("encoder"), Error, "held 1 by decoder");
 *
 * const next = gate.wait({ holder: "encoder" });
 * gate.leave(ticket);
 * assertEquals((await next).holder, "encoder");
 * ```
 */
export class PoolGate {
  readonly #max: number;
  readonly #highWater: number;
  readonly #onHighWater: PoolLimits["onHighWater"];
  /** What is out, oldest first, but for the unnamed. */
  readonly #tickets: Link = new Link();
  /** Who waits, longest first. Nobody waits while fewer than `max` are out. */
  readonly #waiters: Link = new Link();
  #out = 0;
  #unnamed = 0;
  #peak = 0;
  #warned = false;
  #closed = false;

  /**
   * Makes a gate with nothing out. Throws `TypeError` and `EINVAL` for limits out of range.
   *
   * @param op The C function that errors name.
   */
  constructor(readonly op: string, readonly limits: PoolLimits, readonly ledger: AllocationLedger) {
    checkPoolLimits(op, limits);
    this.#max = limits.max ?? Infinity;
    this.#highWater = limits.highWater ?? Infinity;
    this.#onHighWater = limits.onHighWater;
  }

  /** Buffers out. */
  get out(): number {
    return this.#out;
  }

  /** The most that were out at a time. */
  get peak(): number {
    return this.#peak;
  }

  /** Who holds what is out, most first. */
  holders(): readonly PoolHolder[] {
    return groupHolders(this.#open(), this.#unnamed);
  }

  /**
   * Lets one out. Throws `EAGAIN`, which names the holders, where `max` are out, and `USE_AFTER_FREE` once it is closed.
   *
   * What `onHighWater` throws comes out here; then nothing was let out.
   */
  enter(holder: string | null): PoolTicket {
    const ticket = this.tryEnter(holder);
    if (ticket === null) throw this.#full("");
    return ticket;
  }

  /** Lets one out, or gives null where `max` are out. Else as {@linkcode PoolGate.enter}. */
  tryEnter(holder: string | null): PoolTicket | null {
    checkHolder(this.op, holder);
    this.#checkLive();
    return this.#out < this.#max ? this.#admit(new OpenTicket(holder, this.ledger.site())) : null;
  }

  /**
   * Lets one out as soon as one comes back, in the order of the calls.
   *
   * Rejects with `EAGAIN` when the time is over, with the signal's reason, with `USE_AFTER_FREE` when the gate is closed, and as
   * {@linkcode PoolGate.enter} does.
   */
  wait(options: PoolGetOptions): Promise<PoolTicket> {
    return new Promise((resolve, reject) => {
      checkPoolGetOptions(this.op, options);
      const { signal, timeout, holder = null } = options;
      this.#checkLive();
      if (signal?.aborted) throw signal.reason;
      if (this.#out >= this.#max && timeout === 0) throw this.#full("");
      const ticket = new OpenTicket(holder, this.ledger.site());
      if (this.#out < this.#max) resolve(this.#admit(ticket));
      else {
        const expired = () => this.#full(`waited ${timeout} ms, `);
        this.#waiters.append(new PoolWaiter(ticket, options, expired, resolve, reject));
      }
    });
  }

  /** One came back, or could not be taken after all. The longest waiter goes next. A ticket that was given back before is left alone. */
  leave(ticket: PoolTicket): void {
    const open = ticket as OpenTicket;
    if (open.single) return;
    open.remove();
    this.#passOn();
  }

  /** Lets one out without a ticket, as {@linkcode PoolGate.enter} does: nothing is allocated, and it counts as held by nobody known. */
  enterUnnamed(): void {
    this.#checkLive();
    if (this.#out >= this.#max) throw this.#full("");
    this.#unnamed++;
    this.#count();
    if (this.#out >= this.#highWater && !this.#warned) this.#warn(null);
  }

  /** One that was let out without a ticket came back. The longest waiter goes next. */
  leaveUnnamed(): void {
    if (this.#unnamed === 0) return;
    this.#unnamed--;
    this.#passOn();
  }

  /** Nothing more is let out: who waits gets `USE_AFTER_FREE`. What is out can still come back. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    while (!this.#waiters.single) (this.#waiters.next as PoolWaiter).fail(this.#gone());
  }

  #admit(ticket: OpenTicket): PoolTicket {
    this.#tickets.append(ticket);
    this.#count();
    if (this.#out >= this.#highWater && !this.#warned) this.#warn(ticket);
    return ticket;
  }

  #count(): void {
    this.#out++;
    if (this.#out > this.#peak) this.#peak = this.#out;
  }

  /** A place is free: it goes to the longest waiter, so that nobody comes between. */
  #passOn(): void {
    if (!this.#waiters.single) {
      const waiter = this.#waiters.next as PoolWaiter;
      this.#tickets.append(waiter.ticket);
      waiter.serve();
      return;
    }
    this.#out--;
    if (this.#out < this.#highWater) this.#warned = false;
  }

  /** Warns once; the one that was let out last goes back where the program's function throws. */
  #warn(ticket: OpenTicket | null): void {
    this.#warned = true;
    const onHighWater = this.#onHighWater;
    if (onHighWater === undefined) return;
    const out = this.#out;
    const holders = this.holders();
    const text = `${this.#outText()}, the warning is at ${this.#highWater}; held ${poolHoldersText(holders)}`;
    try {
      onHighWater({ out, highWater: this.#highWater, max: this.#max, holders, text });
    } catch (error) {
      if (ticket === null) this.leaveUnnamed();
      else this.leave(ticket);
      throw error;
    }
  }

  *#open(): Generator<PoolTicket> {
    for (let link = this.#tickets.next; link !== this.#tickets; link = link.next) yield link as OpenTicket;
  }

  #checkLive(): void {
    if (this.#closed) throw this.#gone();
  }

  #gone(): MediaError {
    return new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${this.op}: the pool was given up, wanted a pool before its uninit`,
      { op: this.op },
    );
  }

  #full(waited: string): MediaError {
    return new MediaError(
      "EAGAIN",
      `Cannot call ${this.op}: ${waited}${this.#outText()}, wanted one that is free; ` +
        `held ${poolHoldersText(this.holders())}`,
      { op: this.op, averror: AVERROR.EAGAIN },
    );
  }

  #outText(): string {
    if (this.#max !== Infinity) return `${this.#out} of ${this.#max} buffers are out`;
    return `${plural(this.#out, "buffer")} ${this.#out === 1 ? "is" : "are"} out`;
  }
}
