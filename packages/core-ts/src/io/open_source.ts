import type { ByteSource } from "@mediamem/interface";
import { checkBoolean, checkInteger, checkLength, checkSignal, invalid, show } from "@mediamem/checks";
import { IoState } from "./io_state.ts";
import type { OpenIoContext, OpenIoOptions } from "./open_io_context.ts";
import { OpenedContext } from "./opened_context.ts";
import { isSeekable, SourceCallbacks } from "./source_callbacks.ts";

/** Bytes of a buffer where nobody says: two of FFmpeg's refills, so that half of it can be gone back in. */
export const OPEN_BUFFER_SIZE = 65536;

/**
 * Opens a context that reads a source (`avio_open` for what is no URL).
 *
 * With a source that answers at once all calls work; with one that answers later those that end in `Async`, and those of the others that the buffer
 * answers: where they would have to ask the source they throw `CALLBACK`.
 *
 * What the source throws comes out of the call that asked it, once; later calls see the error `EXTERNAL` with it as `cause`, until
 * {@linkcode OpenIoContext.error} is set to 0. An answer that cannot be (`NaN`, a negative number, more than was asked for) is a `CALLBACK` error.
 *
 * @param source It is the context's from now on; see {@linkcode OpenIoContext} for how both end.
 *
 * Errors: `TypeError` for no source, `EINVAL` for a buffer without a byte or a negative size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openSource } from "@mediamem/core-ts/io";
 *
 * await using io = openSource({
 *   size: 1000,
 *   read: async (into, position) => {
 *     await Promise.resolve();
 *     const count = Math.min(into.length, 1000 - position);
 *     for (let i = 0; i < count; i++) into[i] = position + i;
 *     return count;
 *   },
 * });
 * assertEquals(await io.rb16Async(), 0x0001);
 * assertEquals(await io.seekAsync(998), 998);
 * assertEquals(await io.rl16Async(), 0xe7e6);
 * assertEquals(await io.feofAsync(), false);
 * ```
 */
export function openSource(source: ByteSource, options: OpenIoOptions = {}): OpenIoContext {
  const op = "openSource";
  if (typeof source !== "object" || source === null || typeof source.read !== "function") {
    throw new TypeError(`Cannot call ${op}: source is ${show(source)}, wanted an object with read`);
  }
  if (source.size !== undefined) {
    checkInteger(op, "source.size", source.size);
    if (source.size < 0) invalid(op, `Cannot call ${op}: source.size is ${source.size}, wanted at least 0`);
  }
  if (source.seekable !== undefined) checkBoolean(op, "source.seekable", source.seekable);
  const { bufferSize = OPEN_BUFFER_SIZE, signal } = options;
  checkLength(op, "bufferSize", bufferSize, 1);
  checkSignal(op, signal);
  const callbacks = new SourceCallbacks(source);
  const state = new IoState(new Uint8Array(bufferSize), callbacks, false);
  callbacks.state = state;
  state.seekable = isSeekable(source);
  return new OpenedContext(state, source, signal);
}
