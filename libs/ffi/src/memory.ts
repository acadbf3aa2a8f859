import { MediaError } from "@mediamem/interface";
import { checkInteger } from "@mediamem/checks";
import { checkMapped } from "./address.ts";
import { runtime } from "./runtime.ts";

/**
 * Native memory seen from JavaScript, until it is revoked.
 *
 * It owns the views and not the memory: whoever frees the memory calls {@linkcode NativeMemory.revoke} first, and frees only
 * where that gave true. Every view of `bytes.buffer` dies with it: length 0, reads undefined, writes go nowhere.
 */
export interface NativeMemory {
  /** Address of the first byte. */
  readonly address: number;
  /** Bytes. */
  readonly length: number;
  /** The memory itself; length 0 once revoked. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same memory for reading fields; throws once revoked. */
  readonly data: DataView<ArrayBuffer>;
  /** Whether no view of it lives any more. */
  readonly revoked: boolean;
  /**
   * Takes the memory away from all views. A second call does nothing.
   *
   * @returns False where a view lives on, because the runtime has pinned it for an asynchronous operation (Bun) or because somebody
   * moved the buffer away (`transfer`, `postMessage`): keep the memory, and call again later.
   */
  revoke(): boolean;
}

class View implements NativeMemory {
  readonly address: number;
  readonly length: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly data: DataView<ArrayBuffer>;
  #revoked = false;

  constructor(address: number, buffer: ArrayBuffer) {
    this.address = address;
    this.length = buffer.byteLength;
    this.bytes = new Uint8Array(buffer);
    this.data = new DataView(buffer);
  }

  get revoked(): boolean {
    return this.#revoked;
  }

  revoke(): boolean {
    this.#revoked ||= revokeBuffer(this.bytes.buffer);
    return this.#revoked;
  }
}

/**
 * Takes native memory away from a buffer that sees it, and so from every view of that buffer.
 *
 * For those who keep the buffer only: {@linkcode NativeMemory.revoke} is the same and may be called twice.
 *
 * @returns False where the buffer is pinned, and where it was detached by another hand: what sees the memory then is out of our reach.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addressOf, memory, revokeBuffer, stable } from "@mediamem/ffi";
 *
 * const owner = stable(16);
 * const { bytes } = memory(addressOf(owner), 16);
 * assertEquals(revokeBuffer(bytes.buffer), true);
 * assertEquals(bytes.length, 0);
 * ```
 */
export function revokeBuffer(buffer: ArrayBuffer): boolean {
  if (buffer.detached) return false;
  buffer.transfer(0);
  return buffer.detached;
}

/**
 * Makes native memory visible to JavaScript, without a copy. The caller still owns the memory.
 *
 * Errors: `TypeError` for numbers that are no integers, `EINVAL` for NULL and the page behind it and for a negative length, `ERANGE` for an address above 2^53,
 * `ENOMEM` for a length that the runtime cannot view at once (4 GiB in Bun).
 *
 * @param address Address of the first byte.
 * @param length Bytes; 0 gives an empty view that is revoked like any other.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addressOf, memory, stable } from "@mediamem/ffi";
 *
 * const owner = stable(16);
 * const view = memory(addressOf(owner), 16);
 * view.bytes[0] = 7;
 * assertEquals(owner[0], 7);
 * assertEquals(view.revoke(), true);
 * assertEquals(view.bytes.length, 0);
 * ```
 */
export function memory(address: number, length: number): NativeMemory {
  const op = "memory";
  checkMapped(op, address);
  checkInteger(op, "length", length);
  if (length < 0) throw new MediaError("EINVAL", `Cannot view ${length} bytes: wanted 0 or more`, { op });
  // Bun refuses a length of 0, Deno gives a buffer; an empty buffer of our own is alike on both.
  if (length === 0) return new View(address, new ArrayBuffer(0));
  try {
    return new View(address, runtime().view(address, length));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new MediaError("ENOMEM", `Cannot view ${length} bytes at once: the runtime refused`, { op, cause });
  }
}
