import { invalid, show } from "./numbers.ts";

/** The longest that `setTimeout` can wait, milliseconds; beyond it the wait would be over at once. */
const MAX_TIMEOUT = 2147483647;

/** Throws unless `timeout` is how long one can wait: `TypeError` for no number, `EINVAL` for one out of range. */
export function checkTimeout(op: string, timeout: number): void {
  if (typeof timeout !== "number" || Number.isNaN(timeout)) {
    throw new TypeError(`Cannot call ${op}: timeout is ${show(timeout)}, wanted milliseconds`);
  }
  if ((timeout >= 0 && timeout <= MAX_TIMEOUT) || timeout === Infinity) return;
  invalid(
    op,
    `Cannot call ${op}: timeout is ${timeout}, wanted 0 to ${MAX_TIMEOUT} milliseconds or Infinity`,
  );
}

/** Throws a `TypeError` unless `signal` is undefined or an `AbortSignal`. */
export function checkSignal(op: string, signal: AbortSignal | undefined): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  throw new TypeError(`Cannot call ${op}: signal is ${show(signal)}, wanted an AbortSignal`);
}
