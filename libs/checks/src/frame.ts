import { AVERROR, MediaError } from "@mediamem/interface";
import { checkInt, invalid, show } from "./numbers.ts";

/**
 * Throws unless a side of a frame's picture can become `value`: `TypeError` for no integer, `EINVAL` for a negative one.
 *
 * A picture that has memory can only be cropped: it keeps its top left part, and at least a pixel of it. `current` is its side, null
 * where it has no memory.
 */
export function checkFrameSide(op: string, name: string, value: number, current: number | null): void {
  checkInt(op, name, value);
  if (current === null) {
    if (value < 0) invalid(op, `Cannot set ${op}: ${name} is ${value}, wanted at least 0`);
  } else if (value < 1 || value > current) {
    invalid(
      op,
      `Cannot set ${op}: ${name} is ${value}, wanted 1 to ${current}, what the frame has memory for`,
    );
  }
}

/** Throws unless `value` can be a time stamp: `TypeError` for neither null nor an integer, `ERANGE` for one beyond 2^53. */
export function checkTimestamp(op: string, name: string, value: number | null): void {
  if (value === null || Number.isSafeInteger(value)) return;
  if (!Number.isInteger(value)) {
    throw new TypeError(`Cannot set ${op}: ${name} is ${show(value)}, wanted an integer or null`);
  }
  throw new MediaError(
    "ERANGE",
    `Cannot set ${op}: ${name} is ${value}, wanted -(2^53 - 1) to 2^53 - 1`,
    { op, averror: AVERROR.ERANGE },
  );
}
