import { type ByteSink, MediaError } from "@mediamem/interface";
import { checkInteger, checkLength, checkSignal, invalid, show } from "@mediamem/checks";
import { readCString } from "@mediamem/ffi";
import { openStruct, withStruct } from "@mediamem/ffi-avutil/native";
import { type AvformatLibrary, libraryOf } from "../library.ts";
import { type AvformatBackend, sharedAvformat } from "../load_avformat.ts";
import type { CodecParameters } from "./codec_parameters.ts";
import { Dictionary } from "./dictionary.ts";
import { allocated, failMedia } from "./failure.ts";
import type { OutputContext } from "./format_contexts.ts";
import type { IoEvent } from "./io_event.ts";
import { MediaIo } from "./media_io.ts";
import { checkOptions, checkTimeBase, packRational, type Rational } from "./numbers.ts";
import { allocateOutput, closeOutput, type OpenOutput, opensItself, openUrl } from "./open_output.ts";
import { Packet } from "./packet.ts";
import { type Disposition, dispositionBits, rationalOf, setRational } from "./stream.ts";

/** How an output is opened. */
export interface MuxerOptions {
  /** Bytes of the buffer over a sink; undefined: 65536. */
  readonly bufferSize?: number;
  /** Options of the protocol of a URL, by name. */
  readonly options?: Readonly<Record<string, string>>;
  /** What is said of the whole: `title`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Ends it: whatever call comes next, or asks the sink next, throws the reason. */
  readonly signal?: AbortSignal;
  /** Hears every callback that C makes, over a sink. What it throws comes out of the call. */
  readonly onIo?: (event: IoEvent) => void;
  /** The library; undefined: the one of the process. */
  readonly avformat?: AvformatBackend;
}

/** What a stream of a muxer is added with. */
export interface MuxerStreamOptions {
  /** What is said of it: `language`. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What it is for; undefined: nothing special. */
  readonly disposition?: readonly Disposition[];
  /** Frames a second on average; undefined: unknown. */
  readonly averageFrameRate?: Rational;
}

interface Track {
  /** What was asked for. */
  readonly asked: Rational;
  /** What the format took, once the header is written. */
  written: bigint;
}

type State = "new" | "failed" | "header" | "trailer" | "closed";

/** Gives back the outputs that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<OpenOutput>((output) => void closeOutput(output));

/**
 * Puts packets together into a container (`AVFormatContext` that was allocated), and the duty to close it.
 *
 * Streams are added, then the header is written, packets, the trailer. Everything runs on the calling thread, callbacks too. What a sink throws comes
 * out of the call that was running, unchanged, and the muxer can still be closed.
 */
export class Muxer implements Disposable {
  readonly #library: AvformatLibrary;
  readonly #context: OutputContext;
  readonly #io: MediaIo | null;
  readonly #scratch: Packet;
  readonly #output: string;
  readonly #signal: AbortSignal | undefined;
  readonly #tracks: Track[] = [];
  readonly #rescaled = new Map<string, bigint>();
  #state: State = "new";
  /** Whether a call has said that something failed: closing then does not say so again. */
  #told = false;

  private constructor(
    library: AvformatLibrary,
    context: OutputContext,
    io: MediaIo | null,
    output: string,
    signal: AbortSignal | undefined,
  ) {
    this.#library = library;
    this.#context = context;
    this.#io = io;
    this.#output = output;
    this.#signal = signal;
    this.#scratch = Packet.allocate(library);
    forgotten.register(this, { library, context, io }, this);
  }

  /**
   * Begins an output (`avformat_alloc_output_context2`, `avio_open2`).
   *
   * Errors: `EINVAL` for a format that libavformat does not write, `MediaError` for a URL that cannot be opened, `TypeError`, and those of
   * `loadAvformat()`.
   *
   * @param sink Where the bytes go, asked on this thread and never closed; or a URL or path that libavformat opens itself.
   * @param format Name of the format: `mp4`; null: from the ending of the URL.
   * @param options How.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Muxer } from "@mediamem/ffi-avformat";
   * import { MediaError } from "@mediamem/interface";
   *
   * try {
   *   using muxer = Muxer.open({ write: () => {} }, "matroska");
   *   assertEquals(muxer.format, "matroska");
   * } catch (error) {
   *   // A machine without libavformat.
   *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
   * }
   * ```
   */
  static open(sink: ByteSink | string, format: string | null, options: MuxerOptions = {}): Muxer {
    const op = "avformat_alloc_output_context2";
    const { bufferSize = 65536, signal, onIo } = options;
    checkLength(op, "bufferSize", bufferSize, 1);
    checkSignal(op, signal);
    checkOptions(op, options.options ?? {});
    checkOptions(op, options.metadata ?? {});
    checkSink(op, sink);
    if (format === null && typeof sink !== "string") {
      invalid(op, "Cannot open the sink: format is null, wanted the name of one, since a sink has no ending");
    }
    const library = libraryOf(op, options.avformat ?? sharedAvformat());
    signal?.throwIfAborted();
    const output = typeof sink === "string" ? sink : "the sink";
    const context = allocateOutput(library, output, typeof sink === "string" ? sink : null, format);
    let io: MediaIo | null = null;
    try {
      const { fields } = context.struct;
      using metadata = new Dictionary(library, options.metadata ?? {});
      metadata.moveInto((address) => fields.setPointer("metadata", address));
      if (typeof sink !== "string") {
        io = new MediaIo(library, { sink, bufferSize, signal, onIo });
        fields.setPointer("pb", io.address);
      } else if (!opensItself(library, context)) {
        fields.setPointer("pb", openUrl(library, sink, options.options ?? {}));
      }
      return new Muxer(library, context, io, output, signal);
    } catch (error) {
      context[Symbol.dispose]();
      io?.[Symbol.dispose]();
      throw error;
    }
  }

  /** Name of the format: `mp4`. */
  get format(): string {
    this.#live("AVFormatContext.oformat");
    const address = this.#context.struct.fields.pointer("oformat");
    const { AVOutputFormat } = this.#library.abi.media;
    return readCString(withStruct(AVOutputFormat, address, (fields) => fields.pointer("name")))!;
  }

  /**
   * Adds a stream and gives its index (`avformat_new_stream`).
   *
   * @param parameters How its packets are coded; copied.
   * @param timeBase Seconds in one unit of the timestamps of its packets, for those that do not say; the format may store them in another.
   * @param options What else is known of it.
   */
  addStream(parameters: CodecParameters, timeBase: Rational, options: MuxerStreamOptions = {}): number {
    const op = "avformat_new_stream";
    this.#live(op);
    checkTimeBase(op, "timeBase", timeBase);
    const { metadata = {}, disposition = [], averageFrameRate } = options;
    checkOptions(op, metadata);
    if (this.#state !== "new") this.#refuse(op, "before the header");
    const { symbols, abi } = this.#library;
    const bits = dispositionBits(disposition);
    if (averageFrameRate !== undefined) checkTimeBase(op, "averageFrameRate", averageFrameRate);
    const source = this.#own(op, parameters).address;
    using entries = new Dictionary(this.#library, metadata);
    const stream = allocated(op, symbols.avformat_new_stream(this.#context.address, 0));
    const { fields, memory } = openStruct(abi.media.AVStream, stream);
    const target = fields.pointer("codecpar");
    const answer = symbols.avcodec_parameters_copy(target, source);
    // The number of another container's would be taken for one of this container's.
    withStruct(abi.media.AVCodecParameters, target, (copied) => copied.setI32("codec_tag", 0));
    setRational(fields, "time_base", timeBase);
    if (averageFrameRate !== undefined) setRational(fields, "avg_frame_rate", averageFrameRate);
    fields.setI32("disposition", bits);
    entries.moveInto((address) => fields.setPointer("metadata", address));
    memory.revoke();
    if (answer < 0) failMedia(symbols, op, answer, "add a stream", "memory for its parameters");
    this.#tracks.push({ asked: [timeBase[0], timeBase[1]], written: 0n });
    return this.#tracks.length - 1;
  }

  /**
   * Writes the header (`avformat_init_output`, `avformat_write_header`).
   *
   * Errors: `EINVAL` where the format cannot hold the streams, takes no such option, or has to seek in a sink that cannot; whatever the sink throws.
   *
   * @param options Options of the format, by name: `movflags`.
   */
  writeHeader(options: Readonly<Record<string, string>> = {}): void {
    checkOptions("avformat_write_header", options);
    this.#logged(() => this.#writeHeader(options));
  }

  #writeHeader(options: Readonly<Record<string, string>>): void {
    this.#begin("avformat_init_output", "new", "once, before packets");
    const { symbols, abi } = this.#library;
    const { address } = this.#context;
    using dictionary = new Dictionary(this.#library, options);
    // Whatever goes wrong from here on, C cannot begin anew with this context.
    this.#state = "failed";
    this.#check("avformat_init_output", symbols.avformat_init_output(address, dictionary.cell), "begin");
    const left = Object.keys(dictionary.entries());
    if (left.length > 0) {
      invalid(
        "avformat_init_output",
        `Cannot begin ${this.#output}: ${this.format} takes no option ${
          left.join(", ")
        }, wanted options that it has`,
      );
    }
    this.#io?.begin("avformat_write_header");
    this.#check("avformat_write_header", symbols.avformat_write_header(address, 0), "write the header of");
    for (const [i, stream] of this.#context.streams(0).entries()) {
      const timeBase = withStruct(abi.media.AVStream, stream, (fields) => rationalOf(fields, "time_base"));
      this.#tracks[i]!.written = packRational(timeBase);
    }
    this.#state = "header";
  }

  /**
   * Writes a packet in its turn among the streams, with its times in the units of the format (`av_interleaved_write_frame`). The packet stays the
   * caller's, as it is.
   *
   * Errors: `EINVAL` for a stream that there is not and for times that the format cannot hold, whatever the sink throws.
   *
   * @param packet The packet; without a time base, its times are in that of `addStream`.
   * @param streamIndex The stream; undefined: the packet's own `streamIndex`.
   */
  write(packet: Packet, streamIndex: number = packet.streamIndex): void {
    const op = "av_interleaved_write_frame";
    this.#begin(op, "header", "after the header and before the trailer");
    checkInteger(op, "streamIndex", streamIndex);
    const track = this.#tracks[streamIndex];
    if (track === undefined) {
      invalid(
        op,
        `Cannot call ${op}: streamIndex is ${streamIndex}, wanted one of ${this.#tracks.length} streams`,
      );
    }
    const { symbols, log } = this.#library;
    const scratch = this.#scratch;
    const source = this.#own(op, packet).address;
    const { address } = scratch;
    this.#check("av_packet_ref", symbols.av_packet_ref(address, source), "share a packet with");
    log.begin();
    try {
      scratch.streamIndex = streamIndex;
      const from = this.#packed(packet.timeBase ?? track.asked);
      if (from !== track.written) symbols.av_packet_rescale_ts(address, from, track.written);
      this.#check(
        op,
        symbols.av_interleaved_write_frame(this.#context.address, address),
        "write a packet to",
      );
    } finally {
      // C has taken the reference, even where it failed; where it was not called at all it is still here.
      symbols.av_packet_unref(address);
      log.end();
    }
  }

  /** Writes the packets that are waiting for their turn, and the trailer (`av_write_trailer`). Whatever the sink throws comes out. */
  writeTrailer(): void {
    const op = "av_write_trailer";
    this.#begin(op, "header", "once, after the header");
    this.#state = "trailer";
    this.#logged(() =>
      this.#check(op, this.#library.symbols.av_write_trailer(this.#context.address), "finish")
    );
  }

  /**
   * Closes the output, writing nothing more of the format: without `writeTrailer()` before it, it is not whole (`avio_closep`,
   * `avformat_free_context`). Throws what kept the last bytes from a URL, unless a call has failed before. A second close does nothing.
   */
  close(): void {
    if (this.#state === "closed") return;
    const op = "avio_closep";
    this.#io?.begin("avformat_free_context");
    this.#state = "closed";
    forgotten.unregister(this);
    this.#scratch[Symbol.dispose]();
    const answer = closeOutput({ library: this.#library, context: this.#context, io: this.#io });
    if (answer < 0 && !this.#told) {
      failMedia(this.#library.symbols, op, answer, `close ${this.#output}`, "all bytes written");
    }
  }

  /** Closes the output. */
  [Symbol.dispose](): void {
    this.close();
  }

  #logged(use: () => void): void {
    const { log } = this.#library;
    log.begin();
    try {
      use();
    } finally {
      log.end();
    }
  }

  #packed(timeBase: Rational): bigint {
    const key = `${timeBase[0]}/${timeBase[1]}`;
    let packed = this.#rescaled.get(key);
    if (packed === undefined) this.#rescaled.set(key, packed = packRational(timeBase));
    return packed;
  }

  #own<T extends CodecParameters | Packet>(op: string, object: T): T {
    if (object.library === this.#library) return object;
    throw new MediaError(
      "WRONG_OWNER",
      `Cannot call ${op}: the object belongs to another backend, wanted one of this`,
      {
        op,
      },
    );
  }

  #begin(op: string, state: State, when: string): void {
    this.#live(op);
    if (this.#state !== state) this.#refuse(op, when);
    this.#signal?.throwIfAborted();
    this.#io?.begin(op);
  }

  #live(op: string): void {
    if (this.#state !== "closed") return;
    throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: the muxer was closed, wanted an open one`, {
      op,
    });
  }

  #refuse(op: string, when: string): never {
    const found = {
      new: "no header was written",
      failed: "the header failed",
      header: "the header was written",
    };
    const state = this.#state as keyof typeof found;
    return invalid(
      op,
      `Cannot call ${op}: ${found[state] ?? "the trailer was written"}, wanted the call ${when}`,
    );
  }

  #check(op: string, answer: number, what: string): void {
    if (answer >= 0) return;
    this.#told = true;
    const seek = this.#io === null || this.#io.seekable || this.#state !== "failed"
      ? ""
      : "; the sink is not seekable, which mp4 and mov need unless movflags are frag_keyframe+empty_moov";
    const wanted = `what ${this.format} can hold${seek}`;
    failMedia(
      this.#library.symbols,
      op,
      answer,
      `${what} ${this.#output}`,
      wanted,
      this.#io?.cause,
      this.#library.log.last,
    );
  }
}

function checkSink(op: string, sink: ByteSink | string): void {
  if (typeof sink === "string" || typeof sink?.write === "function") return;
  throw new TypeError(`Cannot call ${op}: sink is ${show(sink)}, wanted { write, … } or a URL`);
}
