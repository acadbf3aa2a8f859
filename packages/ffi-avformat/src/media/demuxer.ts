import { AVERROR, type ByteSource, MediaError } from "@mediamem/interface";
import { checkInteger, checkLength, checkSignal, show } from "@mediamem/checks";
import { readCString } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import { type AvformatLibrary, libraryOf } from "../library.ts";
import { type AvformatBackend, sharedAvformat } from "../load_avformat.ts";
import { CodecParameters } from "./codec_parameters.ts";
import { readDictionary } from "./dictionary.ts";
import { failMedia } from "./failure.ts";
import type { InputContext } from "./format_contexts.ts";
import type { IoEvent } from "./io_event.ts";
import { MediaIo } from "./media_io.ts";
import { checkOptions } from "./numbers.ts";
import { openInput } from "./open_input.ts";
import { Packet } from "./packet.ts";
import { dispositionNames, type MediaStream, rationalOf, timestampOf } from "./stream.ts";

/** How an input is opened. */
export interface DemuxerOptions {
  /** Bytes of the buffer over a source; undefined: 65536. */
  readonly bufferSize?: number;
  /** Name of the format: `mov`; undefined: found out by looking. */
  readonly format?: string;
  /**
   * Options of the format and of libavformat, by name: `probesize`. One that nobody takes is `EINVAL`. Over a source, `protocol_whitelist` is
   * `crypto,data` unless it is given: media from anywhere then open no files and no network.
   */
  readonly options?: Readonly<Record<string, string>>;
  /** Ends it: whatever call comes next, or asks the source next, throws the reason. */
  readonly signal?: AbortSignal;
  /** Hears every callback that C makes, over a source. What it throws comes out of the call. */
  readonly onIo?: (event: IoEvent) => void;
  /** The library; undefined: the one of the process. */
  readonly avformat?: AvformatBackend;
}

/** How a demuxer moves. */
export interface SeekOptions {
  /** The stream whose time base the time is in; undefined: none, the time is in microseconds. */
  readonly streamIndex?: number;
  /** Whether to go to the last keyframe before the time rather than to the first after it; undefined: true. */
  readonly backward?: boolean;
  /** Whether to stop at what is no keyframe, too; undefined: false. */
  readonly any?: boolean;
  /** Whether the time is a position in bytes; undefined: false. */
  readonly byte?: boolean;
}

const SEEK_BACKWARD = 1;
const SEEK_BYTE = 2;
const SEEK_ANY = 4;

/** What a demuxer has to give back: all that the garbage collector may know of it. */
interface OpenInput {
  readonly context: InputContext;
  readonly io: MediaIo | null;
  readonly streams: readonly MediaStream[];
}

/** Gives back an input, the context first: it may still look at what is under it. */
function closeInput({ context, io, streams }: OpenInput): void {
  for (const { parameters } of streams) parameters[Symbol.dispose]();
  try {
    context[Symbol.dispose]();
  } finally {
    io?.[Symbol.dispose]();
  }
}

/** Gives back the inputs that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<OpenInput>(closeInput);

/**
 * Takes a container apart into packets (`AVFormatContext` that was opened), and the duty to close it.
 *
 * Everything runs on the calling thread, callbacks too. What a source throws comes out of the call that was running, unchanged, and the demuxer can
 * still be closed. C tells of other failures by numbers, which become `MediaError`s.
 */
export class Demuxer implements Disposable {
  readonly #library: AvformatLibrary;
  readonly #context: InputContext;
  readonly #io: MediaIo | null;
  readonly #input: string;
  readonly #signal: AbortSignal | undefined;
  readonly #streams: MediaStream[] = [];
  #live = true;

  private constructor(
    library: AvformatLibrary,
    context: InputContext,
    io: MediaIo | null,
    input: string,
    signal: AbortSignal | undefined,
  ) {
    this.#library = library;
    this.#context = context;
    this.#io = io;
    this.#input = input;
    this.#signal = signal;
    forgotten.register(this, { context, io, streams: this.#streams }, this);
  }

  /**
   * Opens an input and finds its streams (`avformat_open_input`, `avformat_find_stream_info`).
   *
   * Errors: whatever the source throws, `MediaError` for what is no media of a known format and for what cannot be opened, `EINVAL` for options that
   * nobody takes and for a source that gives promises, `CALLBACK` for one that gives more bytes than were asked for, `TypeError`, and those of
   * `loadAvformat()`.
   *
   * @param source Where the bytes come from, asked on this thread and never closed; or a URL or path that libavformat opens itself.
   * @param options How.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Demuxer } from "@mediamem/ffi-avformat";
   * import { MediaError } from "@mediamem/interface";
   *
   * const nothing = { size: 0, read: () => 0 };
   * try {
   *   using demuxer = Demuxer.open(nothing);
   *   assertEquals(demuxer.streams.length > 0, true);
   * } catch (error) {
   *   // No media, or a machine without libavformat.
   *   assertEquals(error instanceof MediaError, true);
   * }
   * ```
   */
  static open(source: ByteSource | string, options: DemuxerOptions = {}): Demuxer {
    const op = "avformat_open_input";
    const { bufferSize = 65536, format, signal, onIo } = options;
    checkLength(op, "bufferSize", bufferSize, 1);
    checkSignal(op, signal);
    checkOptions(op, options.options ?? {});
    checkSource(op, source);
    const library = libraryOf(op, options.avformat ?? sharedAvformat());
    signal?.throwIfAborted();
    const input = typeof source === "string" ? source : "the source";
    const io = typeof source === "string" ? null : new MediaIo(library, { source, bufferSize, signal, onIo });
    try {
      const context = openInput(library, input, io, format, options.options ?? {});
      return new Demuxer(library, context, io, input, signal);
    } catch (error) {
      io?.[Symbol.dispose]();
      throw error;
    }
  }

  /** Name of the format, or names of one: `mov,mp4,m4a,3gp,3g2,mj2`. */
  get format(): string {
    const address = this.#fields("AVFormatContext.iformat").pointer("iformat");
    const { AVInputFormat } = this.#library.abi.media;
    return readCString(withStruct(AVInputFormat, address, (fields) => fields.pointer("name")))!;
  }

  /** Microseconds in all; null where nobody knows. */
  get duration(): number | null {
    return timestampOf(this.#fields("AVFormatContext.duration"), "duration");
  }

  /** When the first frame begins, microseconds; null where nobody knows. */
  get startTime(): number | null {
    return timestampOf(this.#fields("AVFormatContext.start_time"), "start_time");
  }

  /** Bits per second in all; 0 where nobody knows. */
  get bitRate(): number {
    return Number(this.#fields("AVFormatContext.bit_rate").i64("bit_rate"));
  }

  /** What the container says of the whole: `title`. */
  get metadata(): Readonly<Record<string, string>> {
    return readDictionary(this.#library, this.#fields("AVFormatContext.metadata").pointer("metadata"));
  }

  /** The streams that were found so far, by their indices; some formats show more while packets are read. */
  get streams(): readonly MediaStream[] {
    this.#fields("AVFormatContext.streams");
    for (const address of this.#context.streams(this.#streams.length)) {
      this.#streams.push(this.#readStream(address));
    }
    return this.#streams;
  }

  /** The next packet, which is the caller's to give back; null at the end (`av_read_frame`). */
  read(): Packet | null {
    const op = "av_read_frame";
    this.#begin(op);
    const { symbols, abi, log } = this.#library;
    const packet = Packet.allocate(this.#library);
    log.begin();
    try {
      const answer = symbols.av_read_frame(this.#context.address, packet.address);
      if (answer >= 0) {
        packet.received();
        packet.timeBase = this.#timeBase(packet.streamIndex);
        return packet;
      }
      // C calls the end of a read that failed an end as well.
      const pb = this.#context.struct.fields.pointer("pb");
      const error = pb === 0 ? 0 : withStruct(abi.AVIOContext, pb, (fields) => fields.i32("error"));
      const failure = answer !== AVERROR.EOF ? answer : error;
      if (failure < 0 && failure !== AVERROR.EOF) {
        failMedia(
          symbols,
          op,
          failure,
          `read a packet of ${this.#input}`,
          "a packet or the end",
          this.#io?.cause,
          log.last,
        );
      }
    } catch (error) {
      packet[Symbol.dispose]();
      throw error;
    } finally {
      log.end();
    }
    packet[Symbol.dispose]();
    return null;
  }

  /** The packets from here to the end. Each is the caller's to give back: `for (using packet of demuxer.packets())`. */
  *packets(): Generator<Packet, void, void> {
    for (let packet = this.read(); packet !== null; packet = this.read()) yield packet;
  }

  /** Moves to a time; the next packet is one from there on (`av_seek_frame`). */
  seek(time: number, options: SeekOptions = {}): void {
    const op = "av_seek_frame";
    checkInteger(op, "time", time);
    const { streamIndex = -1, backward = true, any = false, byte = false } = options;
    checkInteger(op, "streamIndex", streamIndex);
    this.#begin(op);
    if (streamIndex < -1 || streamIndex >= this.#context.struct.fields.i32("nb_streams")) {
      throw new MediaError(
        "EINVAL",
        `Cannot call ${op}: streamIndex is ${streamIndex}, wanted one of ${this.streams.length} streams`,
        { op },
      );
    }
    const flags = (backward ? SEEK_BACKWARD : 0) | (byte ? SEEK_BYTE : 0) | (any ? SEEK_ANY : 0);
    const { symbols } = this.#library;
    const answer = symbols.av_seek_frame(this.#context.address, streamIndex, time, flags);
    if (answer < 0) {
      failMedia(symbols, op, answer, `seek in ${this.#input}`, "a time that it has", this.#io?.cause);
    }
  }

  /** Closes the input with its streams; packets that were read live on (`avformat_close_input`). A second close does nothing. */
  close(): void {
    if (!this.#live) return;
    this.#io?.begin("avformat_close_input");
    this.#live = false;
    forgotten.unregister(this);
    closeInput({ context: this.#context, io: this.#io, streams: this.#streams });
  }

  /** Closes the input. */
  [Symbol.dispose](): void {
    this.close();
  }

  #begin(op: string): void {
    this.#fields(op);
    this.#signal?.throwIfAborted();
    this.#io?.begin(op);
  }

  #fields(op: string): InputContext["struct"]["fields"] {
    if (this.#live) return this.#context.struct.fields;
    throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: the demuxer was closed, wanted an open one`, {
      op,
    });
  }

  #timeBase(index: number): MediaStream["timeBase"] | null {
    return (this.#streams[index] ?? this.streams[index])?.timeBase ?? null;
  }

  #readStream(address: number): MediaStream {
    const library = this.#library;
    return withStruct(library.abi.media.AVStream, address, (fields) => {
      const parameters = CodecParameters.copyOf(library, fields.pointer("codecpar"));
      const {
        type,
        codec,
        codecId,
        width,
        height,
        pixelFormat,
        sampleRate,
        channels,
        sampleFormat,
        extradata,
      } = parameters;
      return Object.freeze({
        index: fields.i32("index"),
        id: fields.i32("id"),
        type,
        codec,
        codecId,
        timeBase: rationalOf(fields, "time_base"),
        startTime: timestampOf(fields, "start_time"),
        duration: timestampOf(fields, "duration"),
        frames: Number(fields.i64("nb_frames")),
        averageFrameRate: rationalOf(fields, "avg_frame_rate"),
        disposition: dispositionNames(fields.i32("disposition")),
        width,
        height,
        pixelFormat,
        sampleRate,
        channels,
        sampleFormat,
        extradata,
        metadata: readDictionary(library, fields.pointer("metadata")),
        parameters,
      });
    });
  }
}

function checkSource(op: string, source: ByteSource | string): void {
  if (typeof source === "string" || typeof source?.read === "function") return;
  throw new TypeError(`Cannot call ${op}: source is ${show(source)}, wanted { read, … } or a URL`);
}
