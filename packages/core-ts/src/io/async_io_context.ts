import type {
  DataMarker,
  IoCallbacks,
  IoContext,
  IoOptions,
  MaybePromise,
  ReadString,
  Whence,
} from "@mediamem/interface";

/** {@linkcode IoCallbacks} that may answer later. */
export interface AsyncIoCallbacks {
  /** {@linkcode IoCallbacks.read}. */
  readonly read?: (bytes: Uint8Array) => MaybePromise<number>;
  /** {@linkcode IoCallbacks.write}. */
  readonly write?: (bytes: Uint8Array) => MaybePromise<number>;
  /** {@linkcode IoCallbacks.seek}. */
  readonly seek?: (offset: number, whence: Whence) => MaybePromise<number>;
  /** {@linkcode IoCallbacks.writeDataType}. */
  readonly writeDataType?: (bytes: Uint8Array, type: DataMarker, time: number | null) => MaybePromise<number>;
}

/** {@linkcode IoOptions} with callbacks that may answer later. */
export interface AsyncIoOptions extends Omit<IoOptions, keyof IoCallbacks>, AsyncIoCallbacks {}

/**
 * A context whose callbacks may answer later: every call again, ending in `Async`; and what libavformat keeps to itself for probing.
 *
 * One call at a time: a second one while the first waits for its callback is `LOCKED`. An answer that is there is not waited for.
 */
export interface AsyncIoContext extends IoContext {
  /** {@linkcode IoContext.read} for callbacks that may answer later. */
  readAsync(into: Uint8Array): Promise<number>;
  /** {@linkcode IoContext.readPartial} for callbacks that may answer later. */
  readPartialAsync(into: Uint8Array): Promise<number>;
  /** {@linkcode IoContext.r8} for callbacks that may answer later. */
  r8Async(): Promise<number>;
  /** {@linkcode IoContext.rl16} for callbacks that may answer later. */
  rl16Async(): Promise<number>;
  /** {@linkcode IoContext.rl24} for callbacks that may answer later. */
  rl24Async(): Promise<number>;
  /** {@linkcode IoContext.rl32} for callbacks that may answer later. */
  rl32Async(): Promise<number>;
  /** {@linkcode IoContext.rl64} for callbacks that may answer later. */
  rl64Async(): Promise<bigint>;
  /** {@linkcode IoContext.rb16} for callbacks that may answer later. */
  rb16Async(): Promise<number>;
  /** {@linkcode IoContext.rb24} for callbacks that may answer later. */
  rb24Async(): Promise<number>;
  /** {@linkcode IoContext.rb32} for callbacks that may answer later. */
  rb32Async(): Promise<number>;
  /** {@linkcode IoContext.rb64} for callbacks that may answer later. */
  rb64Async(): Promise<bigint>;
  /** {@linkcode IoContext.getStr} for callbacks that may answer later. */
  getStrAsync(maxLength: number, room?: number): Promise<ReadString>;
  /** {@linkcode IoContext.getStr16le} for callbacks that may answer later. */
  getStr16leAsync(maxLength: number, room?: number): Promise<ReadString>;
  /** {@linkcode IoContext.getStr16be} for callbacks that may answer later. */
  getStr16beAsync(maxLength: number, room?: number): Promise<ReadString>;
  /** {@linkcode IoContext.getLine} for callbacks that may answer later. */
  getLineAsync(room: number): Promise<ReadString>;
  /** {@linkcode IoContext.seek} for callbacks that may answer later. */
  seekAsync(offset: number, whence?: Whence): Promise<number>;
  /** {@linkcode IoContext.skip} for callbacks that may answer later. */
  skipAsync(bytes: number): Promise<number>;
  /** {@linkcode IoContext.size} for callbacks that may answer later. */
  sizeAsync(): Promise<number>;
  /** {@linkcode IoContext.feof} for callbacks that may answer later. */
  feofAsync(): Promise<boolean>;
  /** {@linkcode IoContext.w8} for callbacks that may answer later. */
  w8Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wl16} for callbacks that may answer later. */
  wl16Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wl24} for callbacks that may answer later. */
  wl24Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wl32} for callbacks that may answer later. */
  wl32Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wl64} for callbacks that may answer later. */
  wl64Async(value: bigint): Promise<void>;
  /** {@linkcode IoContext.wb16} for callbacks that may answer later. */
  wb16Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wb24} for callbacks that may answer later. */
  wb24Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wb32} for callbacks that may answer later. */
  wb32Async(value: number): Promise<void>;
  /** {@linkcode IoContext.wb64} for callbacks that may answer later. */
  wb64Async(value: bigint): Promise<void>;
  /** {@linkcode IoContext.write} for callbacks that may answer later. */
  writeAsync(bytes: Uint8Array): Promise<void>;
  /** {@linkcode IoContext.putStr} for callbacks that may answer later. */
  putStrAsync(text: string | null): Promise<number>;
  /** {@linkcode IoContext.putStr16le} for callbacks that may answer later. */
  putStr16leAsync(text: string): Promise<number>;
  /** {@linkcode IoContext.putStr16be} for callbacks that may answer later. */
  putStr16beAsync(text: string): Promise<number>;
  /** {@linkcode IoContext.printStringArray} for callbacks that may answer later. */
  printStringArrayAsync(texts: readonly string[]): Promise<void>;
  /** {@linkcode IoContext.writeMarker} for callbacks that may answer later. */
  writeMarkerAsync(time: number | null, type: DataMarker): Promise<void>;
  /** {@linkcode IoContext.flush} for callbacks that may answer later. */
  flushAsync(): Promise<void>;
  /**
   * Makes the buffer large enough for going back from anywhere in the next `bytes` to here without a seek (`ffio_ensure_seekback`).
   *
   * It gets `bytes` and one refill less a byte, if it has not room enough; a later refill makes it as small as it was. Nothing happens where the context is
   * seekable or all is buffered already. `EINVAL` for more than an `int` holds; `ENOMEM`.
   */
  ensureSeekback(bytes: number): void;
  /**
   * Puts back what was read from the start until now, and moves there, without a seek: the end of probing (`ffio_rewind_with_probe_data`).
   *
   * The buffer gets as large as all that was read, if it was smaller; a later refill makes it as small as it was. `bytes` are copied. `EINVAL` for bytes that do
   * not reach to the buffer, and for more than were read; `ENOMEM`.
   */
  rewindWithProbeData(bytes: Uint8Array): void;
}
