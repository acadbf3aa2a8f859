import { MediaError } from "@mediamem/interface";
import { addressOf } from "./address.ts";
import type { TypedArray } from "./value_type.ts";

/** JavaScript memory that C may look at, for as long as it is pinned. */
export interface Pin<T extends TypedArray> extends Disposable {
  /** The memory. */
  readonly view: T;
  /** Address of its first byte; 0 (NULL) for an empty view. */
  readonly address: number;
  /** Lets the memory go: C must not look at it any more. A second call is a `DOUBLE_FREE`; leaving a `using` scope after it is fine. */
  release(): void;
}

/** What C may be looking at. Being in here keeps the memory from being collected and used for something else. */
const pinned: Set<TypedArray[]> = new Set();

/**
 * Memory of JavaScript whose address never changes (`malloc` that the garbage collector frees).
 *
 * A plain `new Uint8Array(n)` may move in Bun as long as it is small.
 *
 * @param length Bytes, all zero.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { stable } from "@mediamem/ffi";
 *
 * assertEquals(stable(3), new Uint8Array([0, 0, 0]));
 * ```
 */
export function stable(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(length));
}

/**
 * Keeps JavaScript memory alive and in place while C holds its address past one call.
 *
 * Errors: `TypeError` for anything but a typed array, `USE_AFTER_FREE` for one whose memory was taken away.
 *
 * @example
 * ```ts
 * import { assert, assertThrows } from "@std/assert";
 * import { pin, stable } from "@mediamem/ffi";
 *
 * const lent = pin(stable(64));
 * assert(lent.address > 0);
 * lent.release();
 * assertThrows(() => lent.release(), Error, "released");
 * ```
 */
export function pin<T extends TypedArray>(view: T): Pin<T> {
  const address = addressOf(view);
  const entry: TypedArray[] = [view];
  pinned.add(entry);
  return {
    view,
    address,
    release(): void {
      if (pinned.delete(entry)) return;
      throw new MediaError("DOUBLE_FREE", "Cannot release a pin: it was released before", { op: "pin" });
    },
    [Symbol.dispose](): void {
      pinned.delete(entry);
    },
  };
}
