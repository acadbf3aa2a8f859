import { type ByteSource, type MaybePromise, MediaError } from "@mediamem/interface";
import { show } from "@mediamem/checks";
import { bytesSource } from "./bytes_source.ts";
import { ChunkSource } from "./chunk_source.ts";
import { type HttpRange, isEmpty } from "./http_answer.ts";
import { HttpResource } from "./http_resource.ts";
import { bodyChunks, responseSource } from "./response_source.ts";
import { windowOf, type WindowOptions } from "./window_options.ts";

const OP = "rangeSource";

/** How a resource is asked for. */
export interface RangeSourceOptions extends WindowOptions {
  /** What sends the requests; undefined: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * A source over a resource of HTTP, read by ranges: any position at any time.
 *
 * Each request asks for all from a position on, and is read as far as it is wanted: who reads on needs one request, who moves further than the window
 * goes back, or ahead of what has come, needs another. A server that gives no ranges leaves a source that is read once, as
 * {@linkcode responseSource} makes it; {@linkcode ByteSource.seekable} tells which. `close` ends what is under way. Nothing is tried twice.
 *
 * Errors: `TypeError` for a request that is no GET. `ENOENT` or `EIO` for an answer that is no success, for a range that is not the one that was asked
 * for (a server of another origin must expose `Content-Range`), for a resource that changed meanwhile and a body that is shorter than it says. What
 * `fetch` rejects with comes out as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { openSource, rangeSource } from "@mediamem/core-ts/io";
 *
 * const file = new TextEncoder().encode("0123456789".repeat(100_000));
 * const server = (request: Request): Promise<Response> => {
 *   const from = Number(/^bytes=(\d+)-$/.exec(request.headers.get("range")!)![1]);
 *   const headers = { "content-range": `bytes ${from}-999999/1000000` };
 *   return Promise.resolve(new Response(file.subarray(from), { status: 206, headers }));
 * };
 * await using io = openSource(await rangeSource("https://example.org/file", { fetch: server }));
 * assertEquals(await io.sizeAsync(), 1_000_000);
 * await io.seekAsync(999_995);
 * assertEquals((await io.getStrAsync(5)).text, "56789");
 * ```
 */
export async function rangeSource(
  input: string | URL | Request,
  options: RangeSourceOptions = {},
): Promise<ByteSource> {
  const window = windowOf(OP, options);
  const { fetch: send = fetch } = options;
  if (typeof send !== "function") {
    throw new TypeError(`Cannot call ${OP}: fetch is ${show(send)}, wanted a function`);
  }
  const request = new Request(input);
  if (request.method !== "GET") {
    throw new TypeError(`Cannot call ${OP}: the method of the request is ${request.method}, wanted GET`);
  }
  const resource = new HttpResource(OP, request, send);
  const response = await resource.ask(0);
  if (isEmpty(response)) return bytesSource(new Uint8Array(0));
  const range = resource.first(response);
  return range === null
    ? responseSource(response, options)
    : new RangeSource(resource, response, range, window);
}

class RangeSource implements ByteSource {
  readonly seekable = true;
  declare readonly size?: number;
  readonly #resource: HttpResource;
  readonly #window: number;
  /** What the last request brings. */
  #body: ChunkSource;
  /** The position behind that. */
  #end: number;
  #closed = false;

  constructor(resource: HttpResource, response: Response, range: HttpRange, window: number) {
    this.#resource = resource;
    this.#window = window;
    if (resource.size !== undefined) this.size = resource.size;
    this.#body = this.#bodyOf(response, range);
    this.#end = range.end;
  }

  read(into: Uint8Array, position: number): MaybePromise<number> {
    if (this.#closed) {
      throw new MediaError("USE_AFTER_FREE", "Cannot read the source: it was closed, wanted an open one", {
        op: OP,
      });
    }
    if (position >= (this.size ?? Infinity) || into.length === 0) return 0;
    const body = this.#body;
    const reached = position >= body.earliest && position <= body.latest && position < this.#end;
    return reached ? this.#take(body, into, position) : this.#move(into, position);
  }

  async close(): Promise<void> {
    this.#closed = true;
    try {
      await this.#body.close();
    } finally {
      this.#resource.abort();
    }
  }

  #take(body: ChunkSource, into: Uint8Array, position: number): MaybePromise<number> {
    // A body that goes on behind the end of its range is not believed.
    const count = body.read(into.subarray(0, this.#end - position), position);
    return typeof count === "number"
      ? someOf(count, position)
      : count.then((later) => someOf(later, position));
  }

  /** Asks for what lies elsewhere; what came so far is let go of. */
  async #move(into: Uint8Array, position: number): Promise<number> {
    const response = await this.#resource.ask(position);
    // Behind the end of what nobody knows the size of.
    if (response.status === 416 && this.size === undefined) {
      await response.body?.cancel();
      return 0;
    }
    const range = this.#resource.later(response, position);
    this.#body.close().catch(() => {});
    this.#body = this.#bodyOf(response, range);
    this.#end = range.end;
    return this.#take(this.#body, into, position);
  }

  #bodyOf(response: Response, { start }: HttpRange): ChunkSource {
    return new ChunkSource(bodyChunks(response), { op: OP, window: this.#window, position: start });
  }
}

/** Gives how many bytes came before the end of a range; throws for none. */
function someOf(count: number, position: number): number {
  if (count > 0) return count;
  throw new MediaError(
    "EIO",
    `Cannot read the source: the answer ended at ${position}, wanted all of its range`,
    {
      op: OP,
    },
  );
}
