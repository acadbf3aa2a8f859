import { checkInt, checkInteger, invalid, kindOf, show } from "@mediamem/checks";
import { AVERROR, type AverrorCode, MediaError } from "@mediamem/interface";
import type { IoState } from "./io_state.ts";

const CODES: ReadonlyMap<number, string> = new Map(
  Object.entries(AVERROR).map(([code, value]) => [value, code]),
);

/** Throws unless the context can be called now: freed, or waiting for a callback. */
export function checkUsable(op: string, state: IoState): void {
  if (state.freed) {
    throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: the context was freed, wanted a live one`, {
      op,
    });
  }
  if (state.busy) {
    throw new MediaError(
      "LOCKED",
      `Cannot call ${op}: a call of this context waits for its callback, wanted it over`,
      { op },
    );
  }
}

/** Throws unless the context can be read from now. C would read what was written, or write over it. */
export function checkReader(op: string, state: IoState): void {
  checkUsable(op, state);
  if (state.writeFlag) invalid(op, `Cannot call ${op}: the context writes, wanted one that reads`);
}

/** Throws unless the context can be written to now. C would write over what was read. */
export function checkWriter(op: string, state: IoState): void {
  checkUsable(op, state);
  if (!state.writeFlag) invalid(op, `Cannot call ${op}: the context reads, wanted one that writes`);
}

/** Throws unless `bytes` is a `Uint8Array` with its memory. */
export function checkBytes(op: string, name: string, bytes: Uint8Array): void {
  if (kindOf(bytes) !== "Uint8Array") {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(bytes)}, wanted a Uint8Array`);
  }
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

/** The UTF-8 of a text. C's texts end at their first zero. */
export function encodeText(op: string, text: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== "string") {
    throw new TypeError(`Cannot call ${op}: text is ${show(text)}, wanted a string`);
  }
  if (text.includes("\0")) {
    invalid(op, `Cannot call ${op}: text has a zero at ${text.indexOf("\0")}, wanted none`);
  }
  return new TextEncoder().encode(text);
}

/** Gives what C returned; throws where it is negative. */
export function result(op: string, state: IoState, answer: number): number {
  if (answer >= 0) return answer;
  const code = (CODES.get(answer) ?? "UNKNOWN") as AverrorCode;
  const found = answer === state.error
    ? "the context has this error from a callback"
    : "that is what C says here";
  throw new MediaError(code, `Cannot call ${op}: found ${code} (${answer}), wanted none; ${found}`, {
    op,
    averror: answer,
    ...(answer === AVERROR.EXTERNAL && state.cause !== undefined ? { cause: state.cause } : {}),
  });
}

/** The same for reads, where the end is no error. */
export function readResult(op: string, state: IoState, answer: number): number {
  return answer === AVERROR.EOF ? 0 : result(op, state, answer);
}
