import {
  AVERROR,
  type DataMarker,
  type Io,
  type IoCallbacks,
  type IoContext,
  MediaError,
  type Whence,
} from "@mediamem/interface";
import { hashBytes } from "../../answer.ts";
import type { Answer } from "../../answer.ts";
import { putContent } from "./content.ts";
import type { Failure, OpenContext } from "./trace_operations.ts";

/** The most calls of callbacks that an answer spells out between two operations; of more it has the number. */
const SPELLED_OUT = 40;

/** The source and the sink of a context, which do what the trace says and keep a log of what they were asked. */
export class ScriptedEnds {
  /** Everything that a callback has thrown so far. */
  readonly thrown: unknown[] = [];
  /** The context that the callbacks are of, once it is made. */
  context: IoContext | null = null;
  readonly #open: OpenContext;
  /** What stands between the context and the source. */
  readonly #between: IoContext | null;
  readonly #calls: (number | string)[] = [];
  #count = 0;
  #position = 0;
  #length: number;
  #reads = 0;
  #failures = 0;
  #grown = 0;

  /** Gets ready to do what the first operation of a trace says. */
  constructor(open: OpenContext, io: Io) {
    this.#open = open;
    this.#between = open.through === undefined
      ? null
      : io.allocContext({ bufferSize: open.through, read: (bytes) => this.#read(bytes) });
    this.#length = open.length ?? (open.as === "writer" ? 0 : 5000);
  }

  /** The callbacks that the context is made with. */
  callbacks(): IoCallbacks {
    const { as, seek, marks } = this.#open;
    return {
      ...(as === "reader" || as === "duplex" ? { read: (bytes) => this.#readThrough(bytes) } : {}),
      ...(as === "writer" || as === "duplex" ? { write: (bytes) => this.#write(bytes, null, null) } : {}),
      ...(seek === undefined ? {} : { seek: (offset, whence) => this.#seek(offset, whence) }),
      ...(marks ? { writeDataType: (bytes, type, time) => this.#write(bytes, type, time) } : {}),
    };
  }

  /** Writes what the callbacks were asked since the last time. */
  tell(out: Answer): void {
    out.push(this.#count);
    for (const part of this.#calls) {
      if (typeof part === "string") out.text(part);
      else out.push(part);
    }
    this.#calls.length = 0;
    this.#count = 0;
  }

  /** Lets go of what is behind the context. */
  end(): void {
    this.#between?.[Symbol.dispose]();
  }

  #log(...parts: readonly (number | string)[]): void {
    if (++this.#count <= SPELLED_OUT) this.#calls.push(...parts);
  }

  #readThrough(bytes: Uint8Array): number {
    if (this.#between === null) return this.#read(bytes);
    this.#log("through", bytes.length);
    return this.#between.readPartial(bytes) || AVERROR.EOF;
  }

  /** Does within a callback what the trace says, and goes on whatever comes of it. */
  #tryWithin(): void {
    const { within } = this.#open;
    if (within === undefined) return;
    try {
      const call = within === "dispose" ? Symbol.dispose : within as "free";
      this.context![call]();
      this.#log("within");
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      this.#log(error.code);
    }
  }

  #read(bytes: Uint8Array): number {
    this.#log("read", bytes.length);
    this.#tryWithin();
    const { pieces = [], fail, at = 0, grows = [], content = "bytes" } = this.#open;
    const failing = fail !== undefined && this.#failures < (this.#open.times ?? Infinity);
    if (failing && this.#position >= at) return this.#fail(fail, bytes.length);
    const end = failing ? Math.min(at, this.#length) : this.#length;
    const left = end - this.#position;
    if (left <= 0) {
      // A source that is still being written has more the next time.
      this.#length += grows[this.#grown++] ?? 0;
      return AVERROR.EOF;
    }
    const piece = pieces.length === 0 ? bytes.length : pieces[this.#reads++ % pieces.length]!;
    const given = Math.min(bytes.length, piece, left);
    putContent(content, bytes.subarray(0, given), this.#position);
    this.#position += given;
    return given;
  }

  #write(bytes: Uint8Array, type: DataMarker | null, time: number | null): number {
    this.#log("write", bytes.length, hashBytes(bytes));
    if (type !== null) this.#log(type, time ?? -1);
    this.#tryWithin();
    const { fail, at = 0, took } = this.#open;
    if (
      fail !== undefined && this.#failures < (this.#open.times ?? Infinity) &&
      this.#position + bytes.length > at
    ) {
      return this.#fail(fail, 2147483647);
    }
    this.#position += bytes.length;
    this.#length = Math.max(this.#length, this.#position);
    return took ?? bytes.length;
  }

  #seek(offset: number, whence: Whence): number {
    this.#log("seek", offset, whence);
    this.#tryWithin();
    const kind = this.#open.seek!;
    const isSize = whence === "size";
    if (kind === "noSize" && isSize) return AVERROR.ENOSYS;
    if (kind === "sizeOnly" && !isSize) return AVERROR.EPIPE;
    if (kind === "setOnly" && whence !== "set") return AVERROR.EINVAL;
    if (
      kind !== "works" && kind !== "noSize" && kind !== "sizeOnly" && kind !== "setOnly" && kind !== "zero"
    ) {
      return this.#fail(kind, 0);
    }
    if (isSize) return this.#length;
    const to = offset + (whence === "end" ? this.#length : whence === "cur" ? this.#position : 0);
    if (to < 0) return AVERROR.EINVAL;
    this.#position = to;
    return kind === "zero" ? 0 : to;
  }

  /** Ends a callback as the trace says: with an error, with an answer that is none, or with something thrown. */
  #fail(failure: Failure, most: number): number {
    const number = ++this.#failures;
    switch (failure) {
      case "throw":
        this.thrown.push(thrownThing(number));
        throw this.thrown.at(-1);
      case "tooMuch":
        return most + 1;
      case "promise":
        return Promise.reject(new Error("nobody waits for this one")) as unknown as number;
      case "nothing":
        return undefined as unknown as number;
      case "half":
        return 0.5;
    }
    return AVERROR[failure];
  }
}

/** One of many things that JavaScript can throw, each only once. */
function thrownThing(number: number): unknown {
  switch (number % 4) {
    case 1:
      return new RangeError(`thrown by a callback for the time number ${number}`);
    case 2:
      return Object.freeze({ number });
    case 3:
      return `thrown ${number}`;
  }
  return Symbol(String(number));
}
