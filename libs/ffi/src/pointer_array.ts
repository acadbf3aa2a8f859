import { addressOf, getPointer, setPointer } from "./address.ts";
import { stable } from "./pin.ts";

/** Memory for a few C pointers: `uint8_t *data[4]`, or the `AVFrame **` of a function that sets a pointer. */
export interface PointerArray {
  /** The memory, to pass as a `buffer`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its address, to pass as a `pointer`; true as long as this object lives. */
  readonly address: number;
  /** The pointer at an index; 0 for NULL. Throws `ERANGE` for an index outside and for an address above 2^53. */
  get(index: number): number;
  /** Sets the pointer at an index. Errors: `ERANGE` and `TypeError` for what is no index or address. */
  set(index: number, address: number): void;
}

/**
 * Makes memory for `count` C pointers, all NULL.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pointerArray } from "@mediamem/ffi";
 *
 * const data = pointerArray(4);
 * data.set(1, 4096);
 * assertEquals([data.get(0), data.get(1), data.bytes.length], [0, 4096, 32]);
 * ```
 */
export function pointerArray(count: number): PointerArray {
  const bytes = stable(8 * count);
  const data = new DataView(bytes.buffer);
  return {
    bytes,
    address: addressOf(bytes),
    get: (index) => getPointer(data, 8 * index),
    set: (index, address) => setPointer(data, 8 * index, address),
  };
}
