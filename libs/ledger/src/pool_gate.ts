import type { BufferPoolOptions, PoolGetOptions } from "@mediamem/interface";
import type { AllocationLedger } from "./allocation_ledger.ts";

/** How many buffers of a pool may be out, and from how many on it warns. */
export type PoolLimits = Pick<BufferPoolOptions, "max" | "highWater" | "onHighWater">;

/** One buffer out: who holds it. */
export interface PoolTicket {
  readonly holder: string | null;
  readonly site: readonly string[] | null;
}

/** Lets as many buffers of a pool out as there may be, and knows who holds them. */
export class PoolGate {
  /** Makes a gate with nothing out. Throws `TypeError` and `EINVAL` for limits out of range. */
  constructor(readonly op: string, readonly limits: PoolLimits, readonly ledger: AllocationLedger) {}

  /** Buffers out. */
  get out(): number {
    return 0;
  }

  /** The most that were out at a time. */
  get peak(): number {
    return 0;
  }

  /** Lets one out. Throws `EAGAIN`, which names the holders, where `max` are out. */
  enter(_holder: string | null): PoolTicket {
    throw new Error("not yet");
  }

  /** Lets one out, or gives null where `max` are out. */
  tryEnter(_holder: string | null): PoolTicket | null {
    throw new Error("not yet");
  }

  /** Lets one out as soon as one comes back, in the order of the calls. Rejects with `EAGAIN` and with the signal's reason. */
  wait(_options: PoolGetOptions): Promise<PoolTicket> {
    throw new Error("not yet");
  }

  /** One came back, or could not be taken after all. The longest waiter goes next. */
  leave(_ticket: PoolTicket): void {
    throw new Error("not yet");
  }

  /** Nothing more is let out: who waits gets `USE_AFTER_FREE`. */
  close(): void {}
}
