import type { ByteSource } from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { type Chunks, ChunkSource } from "./chunk_source.ts";
import { contentLength, httpError, statusOf } from "./http_answer.ts";
import { streamChunks } from "./stream_source.ts";
import { windowOf, type WindowOptions } from "./window_options.ts";

/**
 * A source over the body of a response, which is locked from now on. It is read once; `window` says how far it can be gone back in. Its size is what
 * the server says where the body came as it is.
 *
 * Errors: `TypeError` for no response and one whose body is locked; `ENOENT` or `EIO` for one that is no success.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openSource, responseSource } from "@mediamem/core-ts/io";
 *
 * const response = new Response("RIFF....WAVE", { headers: { "content-length": "12" } });
 * await using io = openSource(responseSource(response));
 * assertEquals(await io.rb32Async(), 0x52494646);
 * assertEquals(await io.sizeAsync(), 12);
 * ```
 */
export function responseSource(response: Response, options: WindowOptions = {}): ByteSource {
  const op = "responseSource";
  if (!(response instanceof Response)) {
    throw new TypeError(`Cannot call ${op}: response is ${show(response)}, wanted a Response`);
  }
  const window = windowOf(op, options);
  if (!response.ok) throw httpError(op, response.url, response, statusOf(response), "a success");
  return new ChunkSource(bodyChunks(response), { op, window, size: contentLength(response.headers) });
}

/** The chunks of a body; none where there is no body. */
export function bodyChunks(response: Response): Chunks {
  return response.body === null ? EMPTY : streamChunks(response.body);
}

const EMPTY: Chunks = {
  next: () => Promise.resolve(null),
  cancel: () => Promise.resolve(),
};
