import { pointerArray } from "@mediamem/ffi";
import type { LedgerEntry } from "@mediamem/ledger";
import { allocated } from "../media/failure.ts";
import type { CodecLibrary } from "./codec_library.ts";

/** An `AVCodecContext` and a frame for its calls: all that the garbage collector may know of a decoder or an encoder. */
export class CodecHold {
  readonly library: CodecLibrary;
  readonly address: number;
  readonly #entry: LedgerEntry | null;
  readonly #kept: Disposable[] = [];
  #frame = 0;
  #threaded = false;

  /** Allocates a context for a codec (`avcodec_alloc_context3`). Throws `ENOMEM`. */
  constructor(library: CodecLibrary, codec: number) {
    const op = "avcodec_alloc_context3";
    this.library = library;
    this.address = allocated(op, library.format.symbols.avcodec_alloc_context3(codec));
    this.#entry = library.format.ledger.open(op, 0);
  }

  /** An empty `AVFrame`, the same one until it is taken. Throws `ENOMEM`. */
  get frame(): number {
    if (this.#frame === 0) this.#frame = allocated("av_frame_alloc", this.library.symbols.av_frame_alloc());
    return this.#frame;
  }

  /** The frame is the caller's from now on. */
  takeFrame(): void {
    this.#frame = 0;
  }

  /** Notes that the codec may have threads until the end, which must find nobody of JavaScript listening to the log. */
  expectThreads(): void {
    if (this.#threaded) return;
    this.#threaded = true;
    this.library.format.log.threadsBegin();
  }

  /** Gives something else back together with the context. */
  keep(other: Disposable): void {
    this.#kept.push(other);
  }

  /** Says where it was taken, for an error message. */
  describe(): string {
    return this.library.format.ledger.describe(this.#entry);
  }

  /** Gives everything back (`avcodec_free_context`). */
  release(): void {
    this.#end();
    this.library.format.ledger.close(this.#entry);
  }

  /** The same for one that the garbage collector found. */
  abandon(): void {
    this.#end();
    this.library.format.ledger.abandon(this.#entry);
  }

  #end(): void {
    const { symbols, format } = this.library;
    const cell = pointerArray(1);
    cell.set(0, this.address);
    format.symbols.avcodec_free_context(cell.bytes);
    if (this.#threaded) format.log.threadsEnd();
    for (const other of this.#kept) other[Symbol.dispose]();
    if (this.#frame === 0) return;
    cell.set(0, this.#frame);
    this.#frame = 0;
    symbols.av_frame_free(cell.bytes);
  }
}
