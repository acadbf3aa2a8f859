import { MediaError } from "@mediamem/interface";
import { checkInt, checkInteger, invalid, show } from "./numbers.ts";

/** Throws `USE_AFTER_FREE` for a context that was freed. */
export function checkLive(op: string, freed: boolean): void {
  if (!freed) return;
  throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: the context was freed, wanted a live one`, {
    op,
  });
}

/** Throws `EINVAL` for a context that writes: C would read what was written, or write over it. */
export function checkReads(op: string, writes: boolean): void {
  if (writes) invalid(op, `Cannot call ${op}: the context writes, wanted one that reads`);
}

/** Throws `EINVAL` for a context that reads: C would write over what was read. */
export function checkWrites(op: string, writes: boolean): void {
  if (!writes) invalid(op, `Cannot call ${op}: the context reads, wanted one that writes`);
}

/** Throws unless a number fits into `bits` bits, signed or not. */
export function checkBits(op: string, value: number, bits: number): void {
  checkInteger(op, "value", value);
  if (value >= -(2 ** (bits - 1)) && value < 2 ** bits) return;
  invalid(op, `Cannot call ${op}: value is ${value}, wanted one of ${bits} bits`);
}

/** Throws unless a bigint fits into 64 bits, signed or not. */
export function checkBits64(op: string, value: bigint): void {
  if (typeof value !== "bigint") {
    throw new TypeError(`Cannot call ${op}: value is ${show(value)}, wanted a bigint`);
  }
  if (value >= -(1n << 63n) && value < 1n << 64n) return;
  invalid(op, `Cannot call ${op}: value is ${value}, wanted one of 64 bits`);
}

/** Throws unless `value` is a length that C takes: an `int` of at least `least`. */
export function checkLength(op: string, name: string, value: number, least: number): void {
  checkInt(op, name, value);
  if (value < least) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least ${least}`);
}

/** The UTF-8 of a text. C's texts end at their first zero, so one in the middle is `EINVAL`. */
export function encodeText(op: string, text: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== "string") {
    throw new TypeError(`Cannot call ${op}: text is ${show(text)}, wanted a string`);
  }
  const zero = text.indexOf("\0");
  if (zero >= 0) invalid(op, `Cannot call ${op}: text has a zero at ${zero}, wanted none`);
  return new TextEncoder().encode(text);
}
