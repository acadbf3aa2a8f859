import { type IoCallbacks, type IoOptions, MediaError } from "@mediamem/interface";
import { checkInt, checkInteger, invalid, show } from "./numbers.ts";
import { checkLiveBytes } from "./planes.ts";
import { checkBoolean } from "./values.ts";

const CALLBACKS = ["read", "write", "seek", "writeDataType"] as const;
/** What a context has for a buffer where nobody says. */
const BUFFER_SIZE = 32768;

/** Throws `USE_AFTER_FREE` for a context that was freed. */
export function checkLive(op: string, freed: boolean): void {
  if (!freed) return;
  throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: the context was freed, wanted a live one`, {
    op,
  });
}

/** Throws `LOCKED` while a callback of the context runs or is waited for: the context is in the middle of a call. */
export function checkIdle(op: string, busy: boolean): void {
  if (!busy) return;
  throw new MediaError(
    "LOCKED",
    `Cannot call ${op}: a call of this context waits for its callback, wanted it over`,
    { op },
  );
}

/** Checks what a context is to be made of; gives how large its buffer is to be. A writer without a buffer is `EINVAL`: C would try for ever to fill it. */
export function checkContextOptions(
  op: string,
  options: Omit<IoOptions, keyof IoCallbacks> & { readonly [name in keyof IoCallbacks]?: unknown },
): number {
  const { buffer, writeFlag = false } = options;
  if (buffer !== undefined) checkLiveBytes(op, "buffer", buffer);
  checkBoolean(op, "writeFlag", writeFlag);
  const { bufferSize = buffer?.length ?? BUFFER_SIZE } = options;
  checkLength(op, "bufferSize", bufferSize, writeFlag ? 1 : 0);
  for (const name of CALLBACKS) {
    const callback = options[name];
    if (callback === undefined || typeof callback === "function") continue;
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(callback)}, wanted a function`);
  }
  return bufferSize;
}

/** Throws unless a number can be the error of a context: an `AVERROR`, or 0. C would take a number above for bytes that were read. */
export function checkError(op: string, value: number): void {
  checkInt(op, "error", value);
  if (value > 0) invalid(op, `Cannot set ${op}: found ${value}, wanted an AVERROR or 0`);
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

/** The UTF-8 of texts, all of which are looked at before the first is used. */
export function encodeTexts(op: string, texts: readonly string[]): readonly Uint8Array<ArrayBuffer>[] {
  if (Array.isArray(texts)) return texts.map((text) => encodeText(op, text));
  throw new TypeError(`Cannot call ${op}: texts is ${show(texts)}, wanted an array of strings`);
}
