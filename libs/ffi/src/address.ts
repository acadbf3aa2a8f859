import { MediaError } from "@mediamem/interface";
import { byteLengthOf, checkAttached, checkInteger, show } from "@mediamem/checks";
import { runtime } from "./runtime.ts";
import type { TypedArray } from "./value_type.ts";

const TWO_32 = 0x100000000;

function tooLarge(op: string, value: number | bigint): never {
  throw new MediaError("ERANGE", `Cannot take the address ${value}: wanted 0 to 2^53 - 1`, { op });
}

/**
 * Throws unless `address` is a number that an address can be: an integer from 0 to 2^53 - 1.
 *
 * Errors: `TypeError` for what is no integer, `ERANGE` for one that is negative or above 2^53.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkAddress } from "@mediamem/ffi";
 *
 * checkAddress("av_free", 4096);
 * assertThrows(() => checkAddress("av_free", 1.5), TypeError);
 * ```
 */
export function checkAddress(op: string, address: number): void {
  if (Number.isSafeInteger(address) && address >= 0) return;
  if (Number.isInteger(address)) tooLarge(op, address);
  throw new TypeError(`Cannot call ${op}: address is ${show(address)}, wanted an integer from 0 to 2^53 - 1`);
}

/** No system maps the page that NULL points to: what seems to be there is a number that was taken for a pointer. */
const FIRST_MAPPED = 4096;

/** Throws as {@linkcode checkAddress}, and `EINVAL` for NULL and the page behind it: nothing can be read there. */
export function checkMapped(op: string, address: number): void {
  checkAddress(op, address);
  if (address >= FIRST_MAPPED) return;
  const found = address === 0 ? "NULL" : `the address ${address}`;
  throw new MediaError(
    "EINVAL",
    `Cannot call ${op}: found ${found}, wanted an address from ${FIRST_MAPPED} on`,
    { op },
  );
}

/** From what a runtime gives for a pointer (null, number, bigint) to an address. Throws `ERANGE` above 2^53. */
export function toAddress(value: number | bigint | null): number {
  const address = Number(value);
  if (address <= Number.MAX_SAFE_INTEGER) return address;
  tooLarge("pointer", value!);
}

/** From what a runtime gives for a 64-bit integer to a number. Throws `ERANGE` where a number cannot hold it exactly. */
export function toExact(value: number | bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number) || BigInt(number) === BigInt(value)) return number;
  throw new MediaError("ERANGE", `Cannot give ${value} as a number: wanted one that a number holds exactly`, {
    op: "i64",
  });
}

/**
 * Address of the first byte of a typed array; 0 (NULL) for an empty one.
 *
 * It stays true as long as somebody references the array: keep it reachable for as long as C may look, with
 * {@linkcode pin} if need be.
 *
 * Errors: `TypeError` for anything but a typed array, `USE_AFTER_FREE` for one whose memory was taken away.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { addressOf } from "@mediamem/ffi";
 *
 * const bytes = new Uint8Array(16);
 * assert(addressOf(bytes) > 0);
 * assertEquals(addressOf(bytes.subarray(4)), addressOf(bytes) + 4);
 * assertEquals(addressOf(new Uint8Array(0)), 0);
 * ```
 */
export function addressOf(view: TypedArray): number {
  if (!ArrayBuffer.isView(view) || view instanceof DataView) {
    throw new TypeError(`Cannot take the address: found ${show(view)}, wanted a typed array`);
  }
  checkAttached("addressOf", "view", view);
  return byteLengthOf(view) === 0 ? 0 : runtime().addressOf(view);
}

/** Throws unless the `size` bytes at `offset` lie in `data`; a `DataView` would say so without naming the field. */
function checkField(op: string, data: DataView, offset: number): void {
  checkInteger(op, "offset", offset);
  if (offset >= 0 && offset + 8 <= data.byteLength) return;
  throw new MediaError(
    "ERANGE",
    `Cannot call ${op}: offset is ${offset}, wanted 0 to ${data.byteLength - 8}`,
    {
      op,
    },
  );
}

/**
 * Reads a pointer field (`T *`, `size_t`, `uint64_t`) out of native memory.
 *
 * Errors: `ERANGE` where the value is above 2^53 or the field is not inside `data`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { getPointer, setPointer } from "@mediamem/ffi";
 *
 * const data = new DataView(new ArrayBuffer(16));
 * setPointer(data, 8, 0x7fff_1234_5678);
 * assertEquals(getPointer(data, 8), 0x7fff_1234_5678);
 * ```
 */
export function getPointer(data: DataView, offset: number): number {
  checkField("getPointer", data, offset);
  const high = data.getUint32(offset + 4, true);
  if (high > 0x1fffff) tooLarge("getPointer", data.getBigUint64(offset, true));
  return data.getUint32(offset, true) + high * TWO_32;
}

/**
 * Writes a pointer field (`T *`, `size_t`, `uint64_t`) into native memory.
 *
 * Errors: as {@linkcode checkAddress}; `ERANGE` where the field is not inside `data`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { setPointer } from "@mediamem/ffi";
 *
 * const data = new DataView(new ArrayBuffer(8));
 * setPointer(data, 0, 258);
 * assertEquals([data.getUint8(0), data.getUint8(1)], [2, 1]);
 * ```
 */
export function setPointer(data: DataView, offset: number, address: number): void {
  checkField("setPointer", data, offset);
  checkAddress("setPointer", address);
  data.setUint32(offset, address % TWO_32, true);
  data.setUint32(offset + 4, Math.floor(address / TWO_32), true);
}
