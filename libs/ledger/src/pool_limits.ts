import type { BufferPoolOptions, PoolGetOptions } from "@mediamem/interface";
import { checkInteger, checkOptions, checkSignal, checkTimeout, invalid, show } from "@mediamem/checks";

/** How many buffers of a pool may be out, and from how many on it warns. */
export type PoolLimits = Pick<BufferPoolOptions, "max" | "highWater" | "onHighWater">;

/**
 * Throws `TypeError` and `EINVAL` for limits out of range. A pool calls it before it looks at what depends on them.
 *
 * @param op What makes the pool.
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkPoolLimits } from "@mediamem/ledger";
 *
 * checkPoolLimits("av_buffer_pool_init2", { max: 4, highWater: 3 });
 * assertThrows(() => checkPoolLimits("av_buffer_pool_init2", { max: 0 }), Error, "max is 0, wanted at least 1");
 * ```
 */
export function checkPoolLimits(op: string, limits: PoolLimits): void {
  checkOptions(op, limits, "{ max, highWater, … }");
  const { max, highWater, onHighWater } = limits;
  if (max !== undefined && max !== Infinity) checkAtLeastOne(op, "max", max);
  if (highWater !== undefined) checkAtLeastOne(op, "highWater", highWater);
  if (onHighWater !== undefined && typeof onHighWater !== "function") {
    throw new TypeError(`Cannot call ${op}: onHighWater is ${show(onHighWater)}, wanted a function`);
  }
}

/** Throws a `TypeError` unless `holder` is a string or null. */
export function checkHolder(op: string, holder: string | null): void {
  if (holder !== null && typeof holder !== "string") refuseHolder(op, holder);
}

/** Throws `TypeError` and `EINVAL` for a wait that cannot be. */
export function checkPoolGetOptions(op: string, options: PoolGetOptions): void {
  checkOptions(op, options, "{ timeout, signal, holder }");
  const { timeout, signal, holder } = options;
  if (timeout !== undefined) checkTimeout(op, timeout);
  checkSignal(op, signal);
  if (holder !== undefined && typeof holder !== "string") refuseHolder(op, holder);
}

function refuseHolder(op: string, holder: unknown): never {
  throw new TypeError(`Cannot call ${op}: holder is ${show(holder)}, wanted a string`);
}

function checkAtLeastOne(op: string, name: string, value: number): void {
  checkInteger(op, name, value);
  if (value < 1) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 1`);
}
