/** A value, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>;

/** Where bytes come from. Positions count from the start of the source. */
export interface ByteSource {
  /**
   * Puts bytes from `position` on at the start of `into` and gives how many; 0 or null at the end. Fewer than there is room for is fine, more is an
   * error. `into` is lent until the answer is there.
   */
  read(into: Uint8Array, position: number): MaybePromise<number | null>;
  /** Bytes in all; undefined where nobody knows. */
  readonly size?: number;
  /**
   * Whether any position can be read at any time; undefined: whether `size` is known. Another source is asked for one position after the other, and
   * for an earlier one only where {@linkcode ByteSource.earliest} allows it.
   */
  readonly seekable?: boolean;
  /** The earliest position that can still be read, of a source that is not seekable; undefined: the latest that was read. */
  readonly earliest?: number;
  /** Lets go of what is behind the source. */
  close?(): MaybePromise<void>;
}

/** Where bytes go. Positions count from the start of the sink. */
export interface ByteSink {
  /** Takes all of `bytes` for `position` on. `bytes` is lent until the answer is there. */
  write(bytes: Uint8Array, position: number): MaybePromise<void>;
  /** Whether any position can be written at any time; undefined: false. */
  readonly seekable?: boolean;
  /** Bytes that were written; asked of a seekable sink. */
  readonly size?: number;
  /** Lets go of what is behind the sink; all is written. */
  close?(): MaybePromise<void>;
  /** Lets go of what is behind the sink, to which not all was written; undefined: `close` does. */
  abort?(reason: unknown): MaybePromise<void>;
}

/** From where a seek counts: the start, or where the context is. `end` and `size` are asked of callbacks only (`SEEK_SET`, `SEEK_CUR`, `SEEK_END`, `AVSEEK_SIZE`). */
export type Whence = "set" | "cur" | "end" | "size";

/** What kind of data follows (`AVIODataMarkerType`). */
export type DataMarker = "header" | "syncPoint" | "boundaryPoint" | "unknown" | "trailer" | "flushPoint";

/**
 * The callbacks of a context, with the conventions of C: a negative number is an `AVERROR`.
 *
 * `bytes` is lent for the length of the call. What a callback throws comes out of the call on the context that was running; C is told
 * `AVERROR_EXTERNAL`. A number of bytes beyond what was asked for is a `CALLBACK` error and is never believed.
 */
export interface IoCallbacks {
  /** Puts bytes at the start of `bytes` and gives how many, or `AVERROR.EOF`; 0 means none for now (`read_packet`). */
  readonly read?: (bytes: Uint8Array) => number;
  /** Takes all of `bytes`; only whether the answer is negative counts (`write_packet`). */
  readonly write?: (bytes: Uint8Array) => number;
  /** Moves to a position and gives it; for `size` gives how many bytes there are (`seek`). */
  readonly seek?: (offset: number, whence: Whence) => number;
  /** Takes all of `bytes` and hears what they are, instead of `write`; time null where none is known (`write_data_type`). */
  readonly writeDataType?: (bytes: Uint8Array, type: DataMarker, time: number | null) => number;
}

/** How a context is made. */
export interface IoOptions extends IoCallbacks {
  /** Bytes of its buffer; undefined: 32768, or as many as `buffer` has. */
  readonly bufferSize?: number;
  /** What the buffer starts with (copied): a reader without `read` reads just this. */
  readonly buffer?: Uint8Array;
  /** Whether it writes; undefined: false (`write_flag`). */
  readonly writeFlag?: boolean;
}

/** A text that was read, and how many bytes that took. */
export interface ReadString {
  /** The text without its zero, invalid UTF-8 replaced. */
  readonly text: string;
  /** The bytes that were kept: at most one less than the room that was given. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Bytes taken from the context, the zero among them. */
  readonly consumed: number;
}

/**
 * Buffered reading or writing through callbacks (`AVIOContext`), and the duty to free it.
 *
 * The buffer is flushed by `flush` and the seeks that need it, never by `free`. Positions and sizes are bytes. What C returns as a negative number is
 * thrown as a `MediaError` with that code. A context that was freed throws `USE_AFTER_FREE` from everything but dispose.
 */
export interface IoContext extends Disposable {
  /** Bytes of the buffer; it changes while a format is probed (`buffer_size`). */
  readonly bufferSize: number;
  /** The next byte, counted from the start of the buffer (`buf_ptr - buffer`). */
  readonly bufPtr: number;
  /** The end of what was read, of a writer the end of the buffer (`buf_end - buffer`). */
  readonly bufEnd: number;
  /** The furthest that was written (`buf_ptr_max - buffer`). */
  readonly bufPtrMax: number;
  /** Position of `bufEnd` in the file; of a writer, of the start of the buffer (`pos`). */
  readonly pos: number;
  /** Whether the last refill found the end or an error (`eof_reached`). */
  readonly eofReached: boolean;
  /** The `AVERROR` that happened, 0 for none. Stays until it is set to 0 (`error`). */
  error: number;
  /** Whether seeks call the callback where they can (`seekable & AVIO_SEEKABLE_NORMAL`). */
  seekable: boolean;
  /** How much a refill asks for at a time; 0 for 32768 (`max_packet_size`). */
  maxPacketSize: number;
  /** How much must be buffered for a flush point to flush (`min_packet_size`). */
  minPacketSize: number;
  /** Whether reads and writes go past the buffer (`direct`). */
  direct: boolean;
  /** Bytes that the read callback gave (`bytes_read`). */
  readonly bytesRead: number;
  /** Bytes that the write callback took; libavformat 59 and later (`bytes_written`). */
  readonly bytesWritten: number;
  /** Whether it writes (`write_flag`). */
  readonly writeFlag: boolean;

  /** Fills `into` as far as there is data and gives how many bytes; 0 at the end, and then {@linkcode IoContext.eofReached} is true (`avio_read`). */
  read(into: Uint8Array): number;
  /** Like `read`, but asks the callback at most once (`avio_read_partial`). */
  readPartial(into: Uint8Array): number;
  /** A byte; 0 where there is none, as in all that follow (`avio_r8`). */
  r8(): number;
  /** 16 bits, low byte first (`avio_rl16`). */
  rl16(): number;
  /** 24 bits, low byte first (`avio_rl24`). */
  rl24(): number;
  /** 32 bits, low byte first, unsigned (`avio_rl32`). */
  rl32(): number;
  /** 64 bits, low byte first, unsigned (`avio_rl64`). */
  rl64(): bigint;
  /** 16 bits, high byte first (`avio_rb16`). */
  rb16(): number;
  /** 24 bits, high byte first (`avio_rb24`). */
  rb24(): number;
  /** 32 bits, high byte first, unsigned (`avio_rb32`). */
  rb32(): number;
  /** 64 bits, high byte first, unsigned (`avio_rb64`). */
  rb64(): bigint;
  /** A text up to a zero or `maxLength` bytes; keeps at most `room - 1` of them. Without `room` all (`avio_get_str`). */
  getStr(maxLength: number, room?: number): ReadString;
  /** The same for UTF-16, low byte first; `bytes` are UTF-8 (`avio_get_str16le`). */
  getStr16le(maxLength: number, room?: number): ReadString;
  /** The same for UTF-16, high byte first (`avio_get_str16be`). */
  getStr16be(maxLength: number, room?: number): ReadString;
  /** A line with its end, up to and with LF, CR or CR LF, which is kept as one byte; keeps at most `room - 1` bytes (as FFmpeg's demuxers read lines). */
  getLine(room: number): ReadString;

  /** Moves and gives the new position; `size` asks the callback for the size instead, `end` is `EINVAL` as in C (`avio_seek`). */
  seek(offset: number, whence?: Whence): number;
  /** Moves by so many bytes and gives the new position (`avio_skip`). */
  skip(bytes: number): number;
  /** Where the next byte is (`avio_tell`). */
  tell(): number;
  /** How many bytes there are. `ENOSYS` where nobody knows (`avio_size`). */
  size(): number;
  /** Whether the end is reached; asks the callback again where it was (`avio_feof`). */
  feof(): boolean;

  /** Writes a byte (`avio_w8`). */
  w8(value: number): void;
  /** Writes 16 bits, low byte first (`avio_wl16`). */
  wl16(value: number): void;
  /** Writes 24 bits, low byte first (`avio_wl24`). */
  wl24(value: number): void;
  /** Writes 32 bits, low byte first (`avio_wl32`). */
  wl32(value: number): void;
  /** Writes 64 bits, low byte first (`avio_wl64`). */
  wl64(value: bigint): void;
  /** Writes 16 bits, high byte first (`avio_wb16`). */
  wb16(value: number): void;
  /** Writes 24 bits, high byte first (`avio_wb24`). */
  wb24(value: number): void;
  /** Writes 32 bits, high byte first (`avio_wb32`). */
  wb32(value: number): void;
  /** Writes 64 bits, high byte first (`avio_wb64`). */
  wb64(value: bigint): void;
  /** Writes bytes (`avio_write`). */
  write(bytes: Uint8Array): void;
  /** Writes a text as UTF-8 and a zero; gives how many bytes that is. Null writes the zero (`avio_put_str`). */
  putStr(text: string | null): number;
  /** Writes a text as UTF-16, low byte first, and a zero; gives how many bytes that is (`avio_put_str16le`). */
  putStr16le(text: string): number;
  /** The same, high byte first (`avio_put_str16be`). */
  putStr16be(text: string): number;
  /** Writes texts one after the other, without zeros (`avio_print_string_array`). */
  printStringArray(texts: readonly string[]): void;
  /** Says what kind of data follows (`avio_write_marker`). */
  writeMarker(time: number | null, type: DataMarker): void;
  /** Writes out what is buffered; of a reader, drops it (`avio_flush`). */
  flush(): void;
  /** Frees the context with its buffer, flushing nothing. A second time is a `DOUBLE_FREE` (`avio_context_free`). */
  free(): void;
}

/** A writer into memory that grows (`avio_open_dyn_buf`). */
export interface DynBuf extends IoContext {
  /** A copy of what was written so far; writing goes on (`avio_get_dyn_buf`). */
  getDynBuf(): Uint8Array<ArrayBuffer>;
  /** What was written; frees the context (`avio_close_dyn_buf`). */
  closeDynBuf(): Uint8Array<ArrayBuffer>;
}

/** The area `io`: everything of `libavformat/avio.h` that works on memory and callbacks. */
export interface Io {
  /** A context over callbacks; without `read` and not a writer it reads its buffer (`avio_alloc_context`). */
  allocContext(options: IoOptions): IoContext;
  /** A writer into memory that grows; `maxPacketSize` above 0 makes packets of at most so many bytes, each after its length as 32 bits, and no seeks (`avio_open_dyn_buf`). */
  openDynBuf(maxPacketSize?: number): DynBuf;
}
