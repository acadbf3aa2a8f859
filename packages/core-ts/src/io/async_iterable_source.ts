import type { ByteSource } from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { type Chunks, ChunkSource } from "./chunk_source.ts";
import { type ChunkedOptions, windowOf } from "./window_options.ts";

/**
 * A source over chunks that come one after the other, such as those of an asynchronous generator. It is read once; `window` says how far it can be gone
 * back in.
 *
 * A chunk is read until the next one is asked for. `close` ends the iteration: a generator runs its `finally`; it is waited for unless a chunk is.
 *
 * Errors: `TypeError` for what cannot be iterated and, when it is read, for a chunk that is no `Uint8Array`. What the iterable throws comes out as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { asyncIterableSource, openSource } from "@mediamem/core-ts/io";
 *
 * async function* chunks(): AsyncGenerator<Uint8Array> {
 *   for (let i = 0; i < 1000; i++) yield await Promise.resolve(Uint8Array.of(i >> 8, i));
 * }
 * await using io = openSource(asyncIterableSource(chunks()));
 * assertEquals(await io.skipAsync(1998), 1998);
 * assertEquals(await io.rb16Async(), 999);
 * assertEquals(await io.seekAsync(2), 2);
 * assertEquals(await io.rb16Async(), 1);
 * ```
 */
export function asyncIterableSource(
  chunks: AsyncIterable<Uint8Array>,
  options: ChunkedOptions = {},
): ByteSource {
  const op = "asyncIterableSource";
  if (typeof chunks?.[Symbol.asyncIterator] !== "function") {
    throw new TypeError(`Cannot call ${op}: chunks is ${show(chunks)}, wanted an AsyncIterable`);
  }
  const window = windowOf(op, options);
  return new ChunkSource(new IterableChunks(chunks[Symbol.asyncIterator]()), {
    op,
    window,
    size: options.size,
  });
}

class IterableChunks implements Chunks {
  readonly #iterator: AsyncIterator<Uint8Array>;
  #waiting = false;

  constructor(iterator: AsyncIterator<Uint8Array>) {
    this.#iterator = iterator;
  }

  async next(): Promise<Uint8Array | null> {
    this.#waiting = true;
    try {
      const { done, value } = await this.#iterator.next();
      return done === true ? null : value;
    } finally {
      this.#waiting = false;
    }
  }

  async cancel(): Promise<void> {
    const ended = this.#iterator.return?.();
    // A generator comes to its end after what it waits for, which may be never.
    if (this.#waiting) ended?.catch(() => {});
    else await ended;
  }
}
