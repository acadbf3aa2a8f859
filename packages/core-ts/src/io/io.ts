import type { DynBuf, Io } from "@mediamem/interface";
import { checkContextOptions, checkLength } from "@mediamem/checks";
import { DynBufContext } from "./dyn_buf.ts";
import { IoState } from "./io_state.ts";
import type { AsyncIoContext, AsyncIoOptions } from "./async_io_context.ts";
import { EitherIoContext } from "./either_io_context.ts";

/**
 * Makes a context over callbacks (`avio_alloc_context`); `call(...)` for those that answer at once, `callAsync(...)` for all.
 *
 * The callbacks keep their conventions of C. {@linkcode openSource} and {@linkcode openSink} take what has none.
 *
 * Errors: `TypeError` for options of a wrong type; `EINVAL` for a negative buffer size, and for a writer without a buffer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AVERROR } from "@mediamem/interface";
 * import { allocContext } from "@mediamem/core-ts/io";
 *
 * let next = 0;
 * using io = allocContext({
 *   bufferSize: 4,
 *   read: (bytes) => next === 12 ? AVERROR.EOF : bytes.fill(next++).length,
 * });
 * assertEquals([io.rb24(), io.rb24(), io.tell()], [0x000000, 0x000101, 6]);
 * assertEquals([io.bytesRead, io.bufPtr, io.bufEnd], [8, 2, 4]);
 * ```
 */
export function allocContext(options: AsyncIoOptions): AsyncIoContext {
  const bufferSize = checkContextOptions("avio_alloc_context", options);
  const { buffer, writeFlag = false } = options;
  const memory = new Uint8Array(bufferSize);
  if (buffer !== undefined) memory.set(buffer.subarray(0, bufferSize));
  return new EitherIoContext(new IoState(memory, options, writeFlag));
}

/**
 * Makes a writer into memory (`avio_open_dyn_buf`).
 *
 * @param maxPacketSize Above 0 it makes packets of at most so many bytes, each after its length as 32 bits, and cannot be moved in.
 *
 * Errors: `EINVAL` for a negative size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openDynBuf } from "@mediamem/core-ts/io";
 *
 * const buffer = openDynBuf();
 * buffer.wl32(1);
 * buffer.putStr("a");
 * assertEquals([...buffer.closeDynBuf()], [1, 0, 0, 0, 0x61, 0]);
 * ```
 */
export function openDynBuf(maxPacketSize: number = 0): DynBuf {
  checkLength("avio_open_dyn_buf", "maxPacketSize", maxPacketSize, 0);
  return new DynBufContext(maxPacketSize);
}

/** The area `io` in TypeScript: its contexts take callbacks that answer later, too. */
export interface CoreIo extends Io {
  /** A context over callbacks; `call(...)` for those that answer at once, `callAsync(...)` for all (`avio_alloc_context`). */
  allocContext(options: AsyncIoOptions): AsyncIoContext;
}

/** The area `io`. */
export const io: CoreIo = Object.freeze({ allocContext, openDynBuf });
