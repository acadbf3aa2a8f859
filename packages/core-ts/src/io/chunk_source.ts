import { type ByteSource, type MaybePromise, MediaError } from "@mediamem/interface";
import { kindOf, show } from "@mediamem/checks";
import { ByteWindow } from "./byte_window.ts";

/** What gives its bytes once, in chunks of its own size. */
export interface Chunks {
  /** The next chunk, null at the end; lent until the next one is asked for. */
  next(): Promise<Uint8Array | null>;
  /** Lets go of what is behind; a chunk that is waited for comes as null or not at all. */
  cancel(): Promise<void>;
}

/** Where a source of chunks begins, and what is known of it. */
export interface ChunkSourceOptions {
  /** The name of the function that made it, for errors. */
  readonly op: string;
  /** Bytes to go back. */
  readonly window: number;
  /** Position of its first byte; undefined: 0. */
  readonly position?: number;
  /** Bytes in all where they are known. */
  readonly size?: number | undefined;
}

const NONE = new Uint8Array(0);

/** A source over chunks with a window behind them. Holds the window and one chunk. */
export class ChunkSource implements ByteSource {
  readonly seekable = false;
  declare readonly size?: number;
  readonly #op: string;
  readonly #chunks: Chunks;
  /** What lies before the chunk. */
  readonly #window: ByteWindow;
  #chunk: Uint8Array = NONE;
  /** The next chunk, while it is waited for. */
  #coming: Promise<void> | null = null;
  #end = false;
  #failed: { readonly error: unknown } | null = null;

  constructor(chunks: Chunks, { op, window, position = 0, size }: ChunkSourceOptions) {
    this.#op = op;
    this.#chunks = chunks;
    this.#window = new ByteWindow(window, position);
    if (size !== undefined) this.size = size;
  }

  get earliest(): number {
    return this.#window.start;
  }

  /** Position behind all that came so far. */
  get latest(): number {
    return this.#window.end + this.#chunk.length;
  }

  /** Whether all has come. */
  get ended(): boolean {
    return this.#end;
  }

  read(into: Uint8Array, position: number): MaybePromise<number> {
    if (this.#failed !== null) throw this.#failed.error;
    this.#checkPosition(position);
    const from = position - this.#window.end;
    if (from < 0) return this.#window.copy(into, position);
    const part = this.#chunk.subarray(from, from + into.length);
    if (part.length === 0 && into.length > 0 && !this.#end) return this.#readNext(into, position);
    into.set(part);
    return part.length;
  }

  async close(): Promise<void> {
    const op = this.#op;
    this.#failed ??= {
      error: new MediaError("USE_AFTER_FREE", "Cannot read the source: it was closed, wanted an open one", {
        op,
      }),
    };
    this.#chunk = NONE;
    await this.#chunks.cancel();
  }

  async #readNext(into: Uint8Array, position: number): Promise<number> {
    // Somebody who stopped waiting may have asked for it before.
    this.#coming ??= this.#next();
    await this.#coming;
    return this.read(into, position);
  }

  async #next(): Promise<void> {
    this.#window.push(this.#chunk);
    this.#chunk = NONE;
    try {
      const chunk = await this.#chunks.next();
      if (chunk !== null) this.#checkChunk(chunk);
      if (this.#failed !== null) return;
      if (chunk === null) this.#end = true;
      else this.#chunk = chunk;
    } catch (error) {
      // A generator that threw once says that it is at its end when it is asked again.
      this.#failed ??= { error };
    } finally {
      this.#coming = null;
    }
  }

  #checkPosition(position: number): void {
    if (position >= this.earliest && position <= this.latest) return;
    throw new MediaError(
      "EPIPE",
      `Cannot read the source: position is ${position}, wanted ${this.earliest} to ${this.latest}, as far as the window goes`,
      { op: this.#op },
    );
  }

  #checkChunk(chunk: Uint8Array): void {
    if (kindOf(chunk) === "Uint8Array") return;
    throw new TypeError(`Cannot read the source: a chunk is ${show(chunk)}, wanted a Uint8Array`);
  }
}
