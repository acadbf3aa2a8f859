import type { AsyncIoContext } from "./async_io_context.ts";

/** How a context over a source or a sink is opened. */
export interface OpenIoOptions {
  /** Bytes of its buffer; undefined: 65536. */
  readonly bufferSize?: number;
  /**
   * Ends all calls: the one that waits for the source or sink and every later one throw the signal's reason. Closing and disposing go on working,
   * and are what lets go of the source or sink; `closeAsync` of a writer, which cannot write any more, throws the reason too.
   */
  readonly signal?: AbortSignal;
}

/**
 * A context over a source or a sink, which is the context's from then on: what ends the context ends both.
 *
 * - `close` and `closeAsync` are the good end: what is buffered is written, the context freed, then the source or sink closed.
 * - Dispose, `await using` and `free` are the end in any case: nothing is written, a sink is told to abort. `using` hears nothing of a source
 *   that closes later, `await using` waits for it. A call that still waits throws `USE_AFTER_FREE`.
 *
 * The buffer is gone with the context, so that a source that answers late writes nowhere. What was handed to `readAsync` for more than the buffer holds
 * is filled by the source itself, which may go on until it answers.
 *
 * A source without `close`, such as bytes or a Blob, can be behind many contexts at once.
 */
export interface OpenIoContext extends AsyncIoContext, AsyncDisposable {
  /**
   * Writes what is buffered, frees the context and closes the source or sink (`avio_close`).
   *
   * Errors: of a writer, what the last writes threw, or the error that the context has; the sink is told to abort then. `CALLBACK` where a promise
   * has to be waited for. `USE_AFTER_FREE` for a context that was freed.
   */
  close(): void;
  /** {@linkcode OpenIoContext.close} for sources and sinks that may answer later. */
  closeAsync(): Promise<void>;
}
