import { kindOf, show } from "@mediamem/checks";
import type { ByteSource } from "@mediamem/interface";

/**
 * A source over bytes that are there. They are read in place and must not change.
 *
 * Errors: `TypeError` for anything but a `Uint8Array`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bytesSource, openSource } from "@mediamem/core-ts/io";
 *
 * using io = openSource(bytesSource(new Uint8Array([1, 2, 3, 4, 5])));
 * assertEquals([io.rb32(), io.r8(), io.r8(), io.feof()], [0x01020304, 5, 0, true]);
 * ```
 */
export function bytesSource(bytes: Uint8Array): ByteSource {
  if (kindOf(bytes) !== "Uint8Array") {
    throw new TypeError(`Cannot call bytesSource: bytes is ${show(bytes)}, wanted a Uint8Array`);
  }
  return {
    size: bytes.length,
    read(into, position): number {
      const part = bytes.subarray(position, position + into.length);
      into.set(part);
      return part.length;
    },
  };
}
