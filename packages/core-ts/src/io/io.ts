import type { DynBuf, Io } from "@mediamem/interface";
import { checkContextOptions, checkLength } from "@mediamem/checks";
import { DynBufContext } from "./dyn_buf.ts";
import { IoState } from "./io_state.ts";
import type { AsyncIoContext, AsyncIoOptions } from "./async_io_context.ts";
import { EitherIoContext } from "./either_io_context.ts";

/** Makes a context over callbacks (`avio_alloc_context`). */
export function allocContext(options: AsyncIoOptions): AsyncIoContext {
  const bufferSize = checkContextOptions("avio_alloc_context", options);
  const { buffer, writeFlag = false } = options;
  const memory = new Uint8Array(bufferSize);
  if (buffer !== undefined) memory.set(buffer.subarray(0, bufferSize));
  return new EitherIoContext(new IoState(memory, options, writeFlag));
}

/** Makes a writer into memory (`avio_open_dyn_buf`). */
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
