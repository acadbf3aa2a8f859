import type { AvutilBackend } from "@mediamem/ffi-avutil";
import { AVERROR, type Frame, MediaError } from "@mediamem/interface";
import { checkWord, invalid, show } from "@mediamem/checks";
import { cString } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import type { AvformatLibrary } from "../library.ts";
import { CodecParameters, type MediaType } from "../media/codec_parameters.ts";
import { failMedia } from "../media/failure.ts";
import { checkOptions } from "../media/numbers.ts";
import { Packet } from "../media/packet.ts";
import { AudioFrame, checkBetween } from "./audio_frame.ts";
import { CodecHold } from "./codec_hold.ts";
import { type CodecLibrary, codecLibraryOf } from "./codec_library.ts";
import { CodecQueue } from "./codec_queue.ts";
import { openCodec, THREAD_TYPES, type ThreadType } from "./open_codec.ts";
import { avutilFor } from "./shared_avutil.ts";

/** How a decoder is opened. */
export interface DecoderOptions {
  /** Name of the decoder: `libdav1d`; undefined: the library's choice for the codec. */
  readonly decoder?: string;
  /** Threads of the library that decode; undefined: 1, none but the caller's. None of them ever calls JavaScript. */
  readonly threads?: number;
  /** Whether threads share a frame or take one each, which delays the frames; undefined: what the decoder can. */
  readonly threadType?: ThreadType;
  /** Options of the decoder and of libavcodec, by name: `skip_frame`. One that nobody takes is `EINVAL`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The library whose frames come out; undefined: the one of the process. */
  readonly avutil?: AvutilBackend;
}

/** Frees the decoders that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<CodecHold>((hold) => hold.abandon());

/**
 * Makes frames out of packets (`AVCodecContext`), and the duty to close it.
 *
 * Each frame is the caller's to give back, and outlives the decoder. Its `pts` is what libavcodec takes for best (`best_effort_timestamp`), in units of
 * the time base of the packets.
 */
export class Decoder<F extends Frame | AudioFrame = Frame> implements Disposable {
  readonly #hold: CodecHold;
  readonly #codec: string;
  readonly #queue: CodecQueue<F>;
  #timed = false;
  #state: "open" | "drained" | "closed" = "open";

  private constructor(hold: CodecHold, codec: string, adopt: (address: number) => F) {
    this.#hold = hold;
    this.#codec = codec;
    this.#queue = new CodecQueue((address) => send(hold, address), () => receive(hold, codec, adopt));
    forgotten.register(this, hold, this);
  }

  /**
   * Opens a decoder of pictures (`avcodec_open2`).
   *
   * Errors: `EINVAL` for parameters of no video, for a codec that the library does not decode and for options that nobody takes, `USE_AFTER_FREE`,
   * `TypeError`, `ABI_MISMATCH`, and those of `loadAvutil()`.
   *
   * @param parameters How the packets are coded: those of a stream. Copied.
   * @param options How.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Decoder, Demuxer } from "@mediamem/ffi-avformat";
   * import { type ByteSource, MediaError } from "@mediamem/interface";
   *
   * function countFrames(source: ByteSource): number {
   *   using demuxer = Demuxer.open(source);
   *   const stream = demuxer.streams.find(({ type }) => type === "video")!;
   *   using decoder = Decoder.open(stream.parameters);
   *   let frames = 0;
   *   for (const packet of [...demuxer.packets(), null]) {
   *     using _packet = packet;
   *     if (packet !== null && packet.streamIndex !== stream.index) continue;
   *     for (using _frame of decoder.decode(packet)) frames++;
   *   }
   *   return frames;
   * }
   *
   * try {
   *   assertEquals(countFrames({ size: 0, read: () => 0 }), 0);
   * } catch (error) {
   *   // No media, or a machine without libavformat.
   *   assertEquals(error instanceof MediaError, true);
   * }
   * ```
   */
  static open(parameters: CodecParameters, options: DecoderOptions = {}): Decoder<Frame> {
    const library = checkParameters(parameters, "video");
    const { frames } = avutilFor("avcodec_open2", library, options.avutil);
    const [hold, codec] = openDecoder(library, parameters, options);
    return new Decoder<Frame>(hold, codec, (address) => frames.adopt(address));
  }

  /** The same for sound: parameters of audio, frames of samples. */
  static openAudio(parameters: CodecParameters, options: DecoderOptions = {}): Decoder<AudioFrame> {
    const library = checkParameters(parameters, "audio");
    const [hold, codec] = openDecoder(library, parameters, options);
    return new Decoder<AudioFrame>(hold, codec, (address) => AudioFrame.adopt(hold.library, address));
  }

  /** Whether it was not closed yet. */
  get live(): boolean {
    return this.#state !== "closed";
  }

  /** Name of the codec: `h264`. */
  get codec(): string {
    return this.#codec;
  }

  /**
   * Gives a packet to the decoder, at once, and the frames that are ready, as they are asked for (`avcodec_send_packet`, `avcodec_receive_frame`).
   *
   * What is not asked for comes with the next call. After null, which gives the frames that were still held back, the decoder takes no more packets until
   * {@linkcode Decoder.flush}.
   *
   * Errors: `MediaError` for data that is damaged, after which decoding can go on with the next packet; `EINVAL` for a packet without data and for one after
   * null, `WRONG_OWNER` for one of another library, `OVER_BUDGET`, `USE_AFTER_FREE`.
   *
   * @param packet The packet, which stays the caller's; null for the end.
   */
  decode(packet: Packet | null): Generator<F, void, void> {
    const op = "avcodec_send_packet";
    const { format } = this.#use(op).library;
    if (this.#state === "drained") {
      invalid(op, `Cannot call ${op}: the decoder was told of the end, wanted a call of flush() before`);
    }
    const address = packet === null ? 0 : this.#addressOf(op, packet);
    const answer = this.#queue.send(address);
    if (answer < 0) {
      const what = `decode ${this.#codec}`;
      failMedia(format.symbols, op, answer, what, "a packet of it", undefined, format.log.last);
    }
    if (packet === null) this.#state = "drained";
    return this.#take();
  }

  /** Forgets what was decoded and not given out, to go on elsewhere or after the end (`avcodec_flush_buffers`). */
  flush(): void {
    const op = "avcodec_flush_buffers";
    const { symbols } = this.#use(op).library;
    this.#queue[Symbol.dispose]();
    symbols.avcodec_flush_buffers(this.#hold.address);
    this.#state = "open";
  }

  /** Frees the context (`avcodec_free_context`); nothing where that was done. */
  [Symbol.dispose](): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    forgotten.unregister(this);
    this.#queue[Symbol.dispose]();
    this.#hold.release();
  }

  *#take(): Generator<F, void, void> {
    for (const frame of this.#queue.take()) {
      yield frame;
      this.#use("avcodec_receive_frame");
    }
  }

  #addressOf(op: string, packet: Packet): number {
    if (!(packet instanceof Packet)) {
      throw new TypeError(`Cannot call ${op}: packet is ${show(packet)}, wanted a Packet or null`);
    }
    const { address } = packet;
    const { format } = this.#hold.library;
    if (packet.library !== format) {
      throw new MediaError("WRONG_OWNER", `Cannot call ${op}: packet is one of another library`, { op });
    }
    // C would take it for the end.
    if (packet.size === 0 && packet.sideData.length === 0) {
      invalid(op, `Cannot call ${op}: packet has no data, wanted some, or null for the end`);
    }
    if (!this.#timed && packet.timeBase !== null) {
      const timeBase = cString(packet.timeBase.join("/"));
      format.symbols.av_opt_set(this.#hold.address, cString("pkt_timebase"), timeBase, 0);
      this.#timed = true;
    }
    return address;
  }

  #use(op: string): CodecHold {
    if (this.#state !== "closed") return this.#hold;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the decoder was closed, wanted a live one${this.#hold.describe()}`,
      { op },
    );
  }
}

function checkParameters(parameters: CodecParameters, wanted: MediaType): AvformatLibrary {
  const op = "avcodec_parameters_to_context";
  if (!(parameters instanceof CodecParameters)) {
    throw new TypeError(`Cannot call ${op}: parameters are ${show(parameters)}, wanted CodecParameters`);
  }
  const { type, library } = parameters;
  if (type === wanted) return library;
  invalid(op, `Cannot call ${op}: parameters are of ${type}, wanted ${wanted}`);
}

function openDecoder(
  format: AvformatLibrary,
  parameters: CodecParameters,
  options: DecoderOptions,
): [CodecHold, string] {
  const op = "avcodec_open2";
  const { threads = 1, threadType } = options;
  checkBetween(op, "threads", threads, 1, 64);
  if (threadType !== undefined) checkWord(op, "threadType", threadType, THREAD_TYPES);
  checkOptions(op, options.options ?? {});
  const library = codecLibraryOf(format);
  const { symbols } = library;
  const name = parameters.codec;
  const codec = findDecoder(library, parameters, options.decoder);
  const hold = new CodecHold(library, codec);
  try {
    const answer = symbols.avcodec_parameters_to_context(hold.address, parameters.address);
    if (answer < 0) {
      failMedia(format.symbols, op, answer, `decode ${name}`, "parameters that a decoder takes");
    }
    // One that the program chose may be one of another library, with threads of its own.
    if (options.decoder !== undefined) hold.expectThreads();
    openCodec(hold, codec, `a decoder of ${name}`, { threads, threadType, options: options.options ?? {} });
    return [hold, name];
  } catch (error) {
    hold.release();
    throw error;
  }
}

function findDecoder({ symbols, abi }: CodecLibrary, parameters: CodecParameters, name?: string): number {
  const op = "avcodec_find_decoder";
  const { codec, codecId } = parameters;
  if (name !== undefined && typeof name !== "string") {
    throw new TypeError(`Cannot call ${op}: decoder is ${show(name)}, wanted a name`);
  }
  const found = name === undefined
    ? symbols.avcodec_find_decoder(codecId)
    : symbols.avcodec_find_decoder_by_name(cString(name));
  if (found === 0) {
    invalid(op, `Cannot decode ${codec}: libavcodec has no decoder ${name ?? "of it"}, wanted one`);
  }
  if (withStruct(abi.AVCodec, found, (fields) => fields.i32("id")) !== codecId) {
    invalid(op, `Cannot decode ${codec}: ${name} is the decoder of another codec, wanted one of it`);
  }
  return found;
}

/** Sends a packet, 0 for the end; gives C's answer. */
function send({ library, address }: CodecHold, packet: number): number {
  const { log } = library.format;
  log.begin();
  try {
    return library.symbols.avcodec_send_packet(address, packet);
  } finally {
    log.end();
  }
}

/** Receives one frame; null where none is ready. */
function receive<F>(hold: CodecHold, codec: string, adopt: (address: number) => F): F | null {
  const op = "avcodec_receive_frame";
  const { symbols, abi, format } = hold.library;
  const { frame } = hold;
  let answer: number;
  format.log.begin();
  try {
    answer = symbols.avcodec_receive_frame(hold.address, frame);
  } finally {
    format.log.end();
  }
  if (answer === AVERROR.EAGAIN || answer === AVERROR.EOF) return null;
  if (answer < 0) {
    const wanted = "data without damage";
    failMedia(format.symbols, op, answer, `decode ${codec}`, wanted, undefined, format.log.last);
  }
  withStruct(abi.AVFrame, frame, (fields) => fields.setI64("pts", fields.i64("best_effort_timestamp")));
  try {
    const adopted = adopt(frame);
    hold.takeFrame();
    return adopted;
  } catch (error) {
    symbols.av_frame_unref(frame);
    throw error;
  }
}
