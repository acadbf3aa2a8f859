import { show } from "@mediamem/checks";
import { checkMapped } from "./address.ts";
import { stable } from "./pin.ts";
import { runtime } from "./runtime.ts";

const encoder = new TextEncoder();

/**
 * Text as C wants it: UTF-8 and a NUL, in memory that does not move. Pass it as a `buffer`.
 *
 * Errors: `TypeError` for anything but a string, and for a string with a NUL inside, which C would cut off.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cString } from "@mediamem/ffi";
 *
 * assertEquals([...cString("é")], [0xc3, 0xa9, 0]);
 * ```
 */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== "string" || text.includes("\0")) {
    throw new TypeError(`Cannot make a C string: found ${show(text)}, wanted a string without NUL`);
  }
  const encoded = encoder.encode(text);
  const bytes = stable(encoded.length + 1);
  bytes.set(encoded);
  return bytes;
}

/**
 * Reads the NUL-terminated UTF-8 text at an address (`const char *`); null for NULL.
 *
 * Errors: `TypeError` for what is no integer, `ERANGE` for one that is negative or above 2^53, `EINVAL` for one below 4096, where
 * no system has memory.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addressOf, cString, readCString } from "@mediamem/ffi";
 *
 * const name = cString("yuv420p");
 * assertEquals(readCString(addressOf(name)), "yuv420p");
 * assertEquals(readCString(0), null);
 * ```
 */
export function readCString(address: number): string | null {
  if (address === 0) return null;
  checkMapped("readCString", address);
  return runtime().text(address);
}
