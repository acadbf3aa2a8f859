import type { ByteSink } from "@mediamem/interface";
import { checkBoolean, checkLength, checkSignal, show } from "@mediamem/checks";
import { IoState } from "./io_state.ts";
import type { OpenIoContext, OpenIoOptions } from "./open_io_context.ts";
import { OpenedContext } from "./opened_context.ts";
import { OPEN_BUFFER_SIZE } from "./open_source.ts";
import { SinkCallbacks } from "./sink_callbacks.ts";

/**
 * Opens a context that writes into a sink (`avio_open` for what is no URL).
 *
 * With a sink that answers at once all calls work; with one that answers later those that end in `Async`, and those of the others for which there is
 * room in the buffer: where they would have to wait for the sink they throw `CALLBACK`. What the sink throws comes out of the call that asked it; as in
 * C, later writes are lost without a word, and `close` throws.
 *
 * @param sink It is the context's from now on; see {@linkcode OpenIoContext} for how both end.
 *
 * Errors: `TypeError` for no sink, `EINVAL` for a buffer without a byte.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bytesSink, openSink } from "@mediamem/core-ts/io";
 *
 * const sink = bytesSink();
 * using io = openSink(sink);
 * io.wb32(0);
 * io.putStr("moov");
 * const end = io.tell();
 * io.seek(0);
 * io.wb32(end);
 * io.close();
 * assertEquals([...sink.bytes], [0, 0, 0, 9, 0x6d, 0x6f, 0x6f, 0x76, 0]);
 * ```
 */
export function openSink(sink: ByteSink, options: OpenIoOptions = {}): OpenIoContext {
  const op = "openSink";
  if (typeof sink !== "object" || sink === null || typeof sink.write !== "function") {
    throw new TypeError(`Cannot call ${op}: sink is ${show(sink)}, wanted an object with write`);
  }
  if (sink.seekable !== undefined) checkBoolean(op, "sink.seekable", sink.seekable);
  const { bufferSize = OPEN_BUFFER_SIZE, signal } = options;
  checkLength(op, "bufferSize", bufferSize, 1);
  checkSignal(op, signal);
  const callbacks = new SinkCallbacks(sink);
  const state = new IoState(new Uint8Array(bufferSize), callbacks, true);
  callbacks.state = state;
  return new OpenedContext(state, sink, signal);
}
