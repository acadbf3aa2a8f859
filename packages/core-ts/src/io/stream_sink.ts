import { type ByteSink, MediaError } from "@mediamem/interface";
import { show } from "@mediamem/checks";

/**
 * A sink into a stream, which is locked from now on. It takes its bytes one after the other and waits for a stream that is full.
 *
 * What is written is copied, since a stream may keep its chunks. `close` closes the stream, `abort` aborts it; both give it back unlocked.
 *
 * Errors: `TypeError` for no stream and a locked one. `EPIPE` for any position but the next one. What the stream fails with comes out as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openSink, streamSink } from "@mediamem/core-ts/io";
 *
 * const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
 * const text = new Response(readable).text();
 * await using io = openSink(streamSink(writable));
 * await io.printStringArrayAsync(["from memory", " to a stream"]);
 * await io.closeAsync();
 * assertEquals(await text, "from memory to a stream");
 * ```
 */
export function streamSink(stream: WritableStream<Uint8Array>): ByteSink {
  const op = "streamSink";
  if (!(stream instanceof WritableStream)) {
    throw new TypeError(`Cannot call ${op}: stream is ${show(stream)}, wanted a WritableStream`);
  }
  const writer = stream.getWriter();
  let written = 0;
  return {
    async write(bytes, position): Promise<void> {
      if (position !== written) {
        throw new MediaError(
          "EPIPE",
          `Cannot write to the stream: position is ${position}, wanted ${written}, the next one`,
          { op: "ByteSink.write" },
        );
      }
      const chunk = bytes.slice();
      written += chunk.length;
      await writer.ready;
      await writer.write(chunk);
    },
    async close(): Promise<void> {
      await writer.close();
      writer.releaseLock();
    },
    async abort(reason): Promise<void> {
      await writer.abort(reason);
      writer.releaseLock();
    },
  };
}
