import type { BufferPoolOptions, PoolGetOptions } from "@mediamem/interface";
import { checkInteger, checkOptions, invalid, show } from "@mediamem/checks";

/** How many buffers of a pool may be out, and from how many on it warns. */
export type PoolLimits = Pick<BufferPoolOptions, "max" | "highWater" | "onHighWater">;

/** The longest that `setTimeout` can wait; beyond it the wait would be over at once. */
const MAX_TIMEOUT = 2147483647;

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
  if (timeout !== undefined && timeout !== Infinity) checkTimeout(op, timeout);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError(`Cannot call ${op}: signal is ${show(signal)}, wanted an AbortSignal`);
  }
  if (holder !== undefined && typeof holder !== "string") refuseHolder(op, holder);
}

function refuseHolder(op: string, holder: unknown): never {
  throw new TypeError(`Cannot call ${op}: holder is ${show(holder)}, wanted a string`);
}

function checkTimeout(op: string, timeout: number): void {
  if (typeof timeout !== "number" || Number.isNaN(timeout)) {
    throw new TypeError(`Cannot call ${op}: timeout is ${show(timeout)}, wanted milliseconds`);
  }
  if (timeout >= 0 && timeout <= MAX_TIMEOUT) return;
  invalid(
    op,
    `Cannot call ${op}: timeout is ${timeout}, wanted 0 to ${MAX_TIMEOUT} milliseconds or Infinity`,
  );
}

function checkAtLeastOne(op: string, name: string, value: number): void {
  checkInteger(op, name, value);
  if (value < 1) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 1`);
}
