import { AVERROR, MediaError } from "@mediamem/interface";

/** The highest address from which a picture of `INT_MAX` bytes still ends below 2^53. */
const MAX_ADDRESS = Number.MAX_SAFE_INTEGER - 2147483647;

/** Shows a value in an error message: strings quoted, objects by their class. */
export function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  const name: string | undefined = value.constructor?.name;
  return name === undefined
    ? "an object"
    : ArrayBuffer.isView(value)
    ? `${name}(${value.byteLength} bytes)`
    : name;
}

/** Throws the `EINVAL` of `op`. */
export function invalid(op: string, message: string): never {
  throw new MediaError("EINVAL", message, { op, averror: AVERROR.EINVAL });
}

/** Throws a `TypeError` unless `value` is a number without a fraction. */
export function checkInteger(op: string, name: string, value: number): void {
  if (Number.isSafeInteger(value)) return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted a safe integer`);
}

/** Throws unless `value` is an integer that a C `int` holds: `TypeError` for no integer, `EINVAL` for one too large. */
export function checkInt(op: string, name: string, value: number): void {
  if (typeof value === "number" && (value | 0) === value) return;
  checkInteger(op, name, value);
  invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted -2147483648 to 2147483647`);
}

/** Throws unless `value` is an integer that a C `unsigned` holds. */
export function checkUnsigned(op: string, name: string, value: number): void {
  if (typeof value === "number" && value >>> 0 === value) return;
  checkInteger(op, name, value);
  invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted 0 to 4294967295`);
}

/**
 * Throws unless `value` can be the address of a picture: `TypeError` for no integer, `EINVAL` for a negative one and for one that
 * leaves no room below 2^53 for the largest picture. 0 is NULL.
 */
export function checkAddress(op: string, name: string, value: number): void {
  checkInteger(op, name, value);
  if (value >= 0 && value <= MAX_ADDRESS) return;
  invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted an address from 0 to ${MAX_ADDRESS}`);
}

/** Throws `EINVAL` unless `value`, a `size_t` that C worked out, is one that a number holds; C's own limit is 2^64. */
export function checkByteCount(op: string, name: string, value: number): void {
  if (value <= Number.MAX_SAFE_INTEGER) return;
  invalid(
    op,
    `Cannot call ${op}: ${name} would be ${value} bytes, wanted at most ${Number.MAX_SAFE_INTEGER}`,
  );
}
