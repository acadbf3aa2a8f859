import { AVERROR, type ByteSink, type ByteSource, type IoCallbacks, type Whence } from "@mediamem/interface";
import { checkCount, checkIdle } from "@mediamem/checks";
import { pointerArray } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import type { LedgerEntry } from "@mediamem/ledger";
import { type Handlers, ioThunks, register, unregister } from "../io/handlers.ts";
import type { AvformatLibrary } from "../library.ts";
import { allocated } from "./failure.ts";
import { invalid, show } from "@mediamem/checks";
import type { IoEvent } from "./io_event.ts";

/** `AV_INPUT_BUFFER_PADDING_SIZE`: what some readers look at behind a buffer. */
const PADDING = 64;

/** What a memory IO is made with. */
export interface MediaIoOptions {
  readonly source?: ByteSource;
  readonly sink?: ByteSink;
  readonly bufferSize: number;
  readonly signal: AbortSignal | undefined;
  readonly onIo: ((event: IoEvent) => void) | undefined;
}

/** An `AVIOContext` of ours over a source or a sink, to be put under an `AVFormatContext`; give it back after that one. */
export class MediaIo implements Disposable {
  /** Address of the `AVIOContext`. */
  readonly address: number;
  readonly #library: AvformatLibrary;
  readonly #options: MediaIoOptions;
  readonly #opaque: number;
  readonly #handlers: Handlers;
  readonly #entry: LedgerEntry | null;
  /** The C function that is running. */
  #call = "";
  /** Whether a callback threw while it ran: then no other is made for it. */
  #failed = false;
  #position = 0;
  #live = true;

  /** Allocates a context. Throws `ENOMEM`. */
  constructor(library: AvformatLibrary, options: MediaIoOptions) {
    const op = "avio_alloc_context";
    const { symbols } = library;
    const { source, bufferSize } = options;
    this.#library = library;
    this.#options = options;
    const buffer = allocated("av_malloc", symbols.av_malloc(bufferSize + PADDING));
    [this.#opaque, this.#handlers] = register(this.#callbacks());
    const thunks = ioThunks();
    this.address = symbols.avio_alloc_context(
      buffer,
      bufferSize,
      source === undefined ? 1 : 0,
      this.#opaque,
      source === undefined ? 0 : thunks.readPacket,
      source === undefined ? thunks.writePacket : 0,
      this.seekable ? thunks.seek : 0,
    );
    if (this.address === 0) {
      unregister(this.#opaque);
      symbols.av_free(buffer);
      allocated(op, 0);
    }
    this.#entry = library.ledger.open(op, bufferSize);
  }

  /** Whether C may move in it. */
  get seekable(): boolean {
    const { source, sink } = this.#options;
    if (source !== undefined) return source.seekable ?? source.size !== undefined;
    return sink?.seekable ?? false;
  }

  /** What a callback threw last; undefined where none did. */
  get cause(): unknown {
    return this.#handlers.cause;
  }

  /** Notes the C function that is about to be called. Throws `LOCKED` inside a callback, where C is in the middle of another. */
  begin(call: string): void {
    checkIdle(call, this.#handlers.busy);
    this.#handlers.empty = 0;
    this.#call = call;
    this.#failed = false;
  }

  /** Gives back the context with its buffer, which C may have replaced. */
  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    const { symbols, abi, ledger } = this.#library;
    symbols.av_free(withStruct(abi.AVIOContext, this.address, (fields) => fields.pointer("buffer")));
    const cell = pointerArray(1);
    cell.set(0, this.address);
    symbols.avio_context_free(cell.bytes);
    unregister(this.#opaque);
    ledger.close(this.#entry);
  }

  #callbacks(): IoCallbacks {
    return {
      read: (bytes) => this.#run("read", this.#position, bytes.length, () => this.#read(bytes)),
      write: (bytes) => this.#run("write", this.#position, bytes.length, () => this.#write(bytes)),
      seek: (offset, whence) => {
        const kind = whence === "size" ? "size" : "seek";
        return this.#run(kind, offset, 0, () => this.#seek(offset, whence));
      },
    };
  }

  /** Runs a callback, once per failed call of C only, and tells about it. */
  #run(callback: IoEvent["callback"], position: number, bytes: number, use: () => number): number {
    if (this.#failed) return AVERROR.EXTERNAL;
    const { signal, onIo } = this.#options;
    let result: number | null = null;
    this.#failed = true;
    try {
      signal?.throwIfAborted();
      result = use();
      this.#failed = false;
      return result;
    } finally {
      onIo?.({ call: this.#call, callback, position, bytes, result });
    }
  }

  #read(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0;
    const count = atOnce("av_read_frame", "the source", this.#options.source!.read(bytes, this.#position));
    if (count === null) return AVERROR.EOF;
    checkCount("ByteSource.read", count, bytes.length);
    if (count === 0) return AVERROR.EOF;
    if (count > 0) this.#position += count;
    return count;
  }

  #write(bytes: Uint8Array): number {
    atOnce("av_interleaved_write_frame", "the sink", this.#options.sink!.write(bytes, this.#position));
    this.#position += bytes.length;
    return bytes.length;
  }

  #seek(offset: number, whence: Whence): number {
    const { source, sink } = this.#options;
    const size = (source ?? sink)!.size;
    if (whence === "size") return size ?? AVERROR.ENOSYS;
    if (whence === "end" && size === undefined) return AVERROR.ENOSYS;
    const to = offset + (whence === "cur" ? this.#position : whence === "end" ? size! : 0);
    if (to < 0) return AVERROR.EINVAL;
    return this.#position = to;
  }
}

/** Gives a value that C waits for. Throws `EINVAL` for a promise: nobody can wait for one while C is running. */
function atOnce<T>(op: string, who: string, value: T | Promise<T>): T {
  if (!(value instanceof Promise)) return value;
  value.catch(() => {});
  return invalid(
    op,
    `Cannot go on with ${who}: found ${
      show(value)
    }, wanted bytes at once: C cannot wait for a promise here; ` +
      "read or collect the bytes first, or give a URL",
  );
}
