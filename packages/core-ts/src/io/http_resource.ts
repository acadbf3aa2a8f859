import type { MediaError } from "@mediamem/interface";
import {
  contentLength,
  contentRange,
  httpError,
  type HttpRange,
  statusOf,
  strongTag,
} from "./http_answer.ts";

/** A resource of HTTP that is asked for from several positions and has to stay the same. */
export class HttpResource {
  readonly #op: string;
  readonly #request: Request;
  readonly #send: (request: Request) => Promise<Response>;
  readonly #controller = new AbortController();
  #tag: string | null = null;
  #size: number | undefined;

  constructor(op: string, request: Request, send: (request: Request) => Promise<Response>) {
    this.#op = op;
    this.#request = request;
    this.#send = send;
  }

  /** Bytes in all; undefined where the server does not know. */
  get size(): number | undefined {
    return this.#size;
  }

  /** Asks for all from a position on. A range is one of the bytes as they are: `fetch` sees to it that they are not packed. */
  ask(position: number): Promise<Response> {
    const headers = new Headers(this.#request.headers);
    headers.set("range", `bytes=${position}-`);
    if (this.#tag !== null) headers.set("if-range", this.#tag);
    const signal = AbortSignal.any([this.#request.signal, this.#controller.signal]);
    const send = this.#send;
    return send(new Request(this.#request, { headers, signal }));
  }

  /** What the first answer holds; null where the server gives no ranges. */
  first(response: Response): HttpRange | null {
    const { status, headers } = response;
    const range = status === 206 ? this.#range(response, 0) : wholeBody(response);
    if (range === null) return null;
    this.#tag = strongTag(headers);
    this.#size = range.total;
    return range;
  }

  /** What a later answer holds; throws unless it begins at `position` and is of the same resource. */
  later(response: Response, position: number): HttpRange {
    if (response.status !== 206) throw this.#refuse(response, statusOf(response), "206");
    const range = this.#range(response, position);
    if (range.total === this.#size) return range;
    throw this.#refuse(response, `${range.total} bytes in all`, `${this.#size}, as before`);
  }

  /** Ends the request that is under way. */
  abort(): void {
    this.#controller.abort();
  }

  #range(response: Response, position: number): HttpRange {
    const range = contentRange(response.headers);
    if (range?.start === position) return range;
    const found = `Content-Range ${JSON.stringify(response.headers.get("content-range"))}`;
    throw this.#refuse(response, found, `one from ${position}`);
  }

  #refuse(response: Response, found: string, wanted: string): MediaError {
    return httpError(this.#op, this.#request.url, response, found, wanted);
  }
}

/** All of a resource, where the server says that it gives ranges of it. */
function wholeBody({ headers, status }: Response): HttpRange | null {
  const total = contentLength(headers);
  if (status !== 200 || total === undefined || headers.get("accept-ranges") !== "bytes") return null;
  return { start: 0, end: total, total };
}
