import type { Buffers } from "./buffers.ts";
import type { Frames } from "./frames.ts";
import type { Image } from "./image.ts";
import type { Io } from "./io.ts";
import type { Ledger } from "./ledger.ts";
import type { Memory } from "./memory.ts";

/** Which library answers, and how it was found. */
export interface LibraryInfo {
  /** `core-ts`, `libavutil`. */
  readonly name: string;
  /** `major.minor.micro`. */
  readonly version: string;
  /** Absolute path of the file that was loaded; null for TypeScript. */
  readonly path: string | null;
  /** Name of the ABI table that is in use and was checked; null for TypeScript. */
  readonly abi: string | null;
}

/** One implementation of the areas that it has. Disposing it closes its library. */
export interface Backend extends Disposable {
  /** `core-ts`, `avutil`. */
  readonly id: string;
  /** What answers behind this backend. */
  readonly library: LibraryInfo;
  /** What it handed out and has not got back. */
  readonly ledger?: Ledger;
  /** The `av_malloc` family. */
  readonly memory?: Memory;
  /** Reference-counted buffers and their pools. */
  readonly buffers?: Buffers;
  /** Pixel formats and picture layout. */
  readonly image?: Image;
  /** Pictures with their memory. */
  readonly frames?: Frames;
  /** Buffered reading and writing through callbacks. */
  readonly io?: Io;
}
