import { MediaError } from "@mediamem/interface";
import { checkInteger, show } from "@mediamem/checks";

/** A fraction: numerator and denominator (`AVRational`). */
export type Rational = readonly [num: number, den: number];

/** `AV_NOPTS_VALUE`, as the high and the low half of 64 bits. */
const NO_TIMESTAMP_HIGH = -(2 ** 31);
const TWO_32 = 2 ** 32;

/** Reads an `int64_t` as a number: the nearest one where it is beyond 2^53. */
export function readInt64(data: DataView, offset: number): number {
  return data.getInt32(offset + 4, true) * TWO_32 + data.getUint32(offset, true);
}

/** Writes an integer as an `int64_t`. */
export function writeInt64(data: DataView, offset: number, value: number): void {
  data.setInt32(offset + 4, Math.floor(value / TWO_32), true);
  data.setUint32(offset, value % TWO_32, true);
}

/** Reads a timestamp; null for `AV_NOPTS_VALUE`. */
export function readTimestamp(data: DataView, offset: number): number | null {
  const high = data.getInt32(offset + 4, true);
  const low = data.getUint32(offset, true);
  return high === NO_TIMESTAMP_HIGH && low === 0 ? null : high * TWO_32 + low;
}

/** Writes a timestamp; `AV_NOPTS_VALUE` for null. */
export function writeTimestamp(data: DataView, offset: number, value: number | null): void {
  if (value !== null) return writeInt64(data, offset, value);
  data.setInt32(offset + 4, NO_TIMESTAMP_HIGH, true);
  data.setUint32(offset, 0, true);
}

/** Reads an `AVRational`. */
export function readRational(data: DataView, offset: number): Rational {
  return [data.getInt32(offset, true), data.getInt32(offset + 4, true)];
}

/** An `AVRational` as C takes it by value: two `int` in one register. */
export function packRational([num, den]: Rational): bigint {
  return BigInt.asUintN(32, BigInt(num)) | (BigInt.asUintN(32, BigInt(den)) << 32n);
}

/** Throws unless `value` is a fraction that can be a time base: two integers above 0 that an `int` holds. */
export function checkTimeBase(op: string, name: string, value: Rational): void {
  if (!Array.isArray(value) || value.length !== 2) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted [num, den]`);
  }
  for (const part of value) {
    checkInteger(op, name, part);
    if (part >= 1 && part < 2 ** 31) continue;
    throw new MediaError("EINVAL", `Cannot call ${op}: ${name} is ${value}, wanted two numbers above 0`, {
      op,
    });
  }
}

/** Throws unless `value` is a record of texts: options of C by name. */
export function checkOptions(op: string, options: Readonly<Record<string, string>>): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`Cannot call ${op}: options are ${show(options)}, wanted { name: "value" }`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (typeof value === "string") continue;
    throw new TypeError(`Cannot call ${op}: option ${name} is ${show(value)}, wanted a string`);
  }
}
