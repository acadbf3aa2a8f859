import type { ByteSource } from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { type Chunks, ChunkSource } from "./chunk_source.ts";
import { type ChunkedOptions, windowOf } from "./window_options.ts";

/** Bytes of what a stream of bytes is asked for at a time. */
const CHUNK = 65536;

/**
 * A source over a stream, which is locked from now on. It is read once; `window` says how far it can be gone back in.
 *
 * A stream of bytes (`type: "bytes"`) fills memory of the source's own, 64 KiB at a time; another gives chunks of its own size. `close` cancels the
 * stream and gives it back unlocked.
 *
 * Errors: `TypeError` for no stream, a locked one and, when it is read, a chunk that is no `Uint8Array`. What the stream fails with comes out as it is.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { openSource, streamSource } from "@mediamem/core-ts/io";
 *
 * const stream = new Blob(["0123456789".repeat(1000)]).stream();
 * await using io = openSource(streamSource(stream, { window: 4096 }), { bufferSize: 1024 });
 * await io.skipAsync(9001);
 * assertEquals(await io.r8Async(), 0x31);
 * assertEquals(await io.seekAsync(6005), 6005);
 * assertEquals(await io.r8Async(), 0x35);
 * ```
 */
export function streamSource(stream: ReadableStream<Uint8Array>, options: ChunkedOptions = {}): ByteSource {
  const op = "streamSource";
  if (!(stream instanceof ReadableStream)) {
    throw new TypeError(`Cannot call ${op}: stream is ${show(stream)}, wanted a ReadableStream`);
  }
  const window = windowOf(op, options);
  return new ChunkSource(streamChunks(stream), { op, window, size: options.size });
}

/** The chunks of a stream; locks it. */
export function streamChunks(stream: ReadableStream<Uint8Array>): Chunks {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    // No stream of bytes, or locked: then this throws what is to be said.
    return new StreamChunks(stream.getReader());
  }
  return new ByteStreamChunks(reader);
}

/** What both kinds of readers have. */
interface Reader {
  cancel(): Promise<void>;
  releaseLock(): void;
}

/** Ends a reader; a stream that failed has nothing left to be cancelled. */
async function end(reader: Reader, failed: boolean): Promise<void> {
  try {
    if (!failed) await reader.cancel();
  } finally {
    reader.releaseLock();
  }
}

class StreamChunks implements Chunks {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #failed = false;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader;
  }

  async next(): Promise<Uint8Array | null> {
    try {
      const { done, value } = await this.#reader.read();
      return done ? null : value;
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  cancel(): Promise<void> {
    return end(this.#reader, this.#failed);
  }
}

class ByteStreamChunks implements Chunks {
  readonly #reader: ReadableStreamBYOBReader;
  /** Goes to the stream and comes back with every chunk. */
  #memory: ArrayBuffer = new ArrayBuffer(CHUNK);
  #failed = false;

  constructor(reader: ReadableStreamBYOBReader) {
    this.#reader = reader;
  }

  async next(): Promise<Uint8Array | null> {
    try {
      const { done, value } = await this.#reader.read(new Uint8Array(this.#memory));
      if (done) return null;
      this.#memory = value.buffer as ArrayBuffer;
      return value;
    } catch (error) {
      this.#failed = true;
      throw error;
    }
  }

  cancel(): Promise<void> {
    return end(this.#reader, this.#failed);
  }
}
