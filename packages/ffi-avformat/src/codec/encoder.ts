import { AVERROR, type Frame, MediaError } from "@mediamem/interface";
import { invalid, show } from "@mediamem/checks";
import { cString } from "@mediamem/ffi";
import { withStruct } from "@mediamem/ffi-avutil/native";
import { libraryOf } from "../library.ts";
import { sharedAvformat } from "../load_avformat.ts";
import { CodecParameters } from "../media/codec_parameters.ts";
import { failMedia } from "../media/failure.ts";
import { checkTimeBase, type Rational } from "../media/numbers.ts";
import { Packet } from "../media/packet.ts";
import { AudioFrame, checkBetween, libraryOfFrame, sampleFormatNumber } from "./audio_frame.ts";
import { channelSettings } from "./channel_layout.ts";
import type { CodecHold } from "./codec_hold.ts";
import { codecLibraryOf } from "./codec_library.ts";
import { CodecQueue } from "./codec_queue.ts";
import type { AudioEncoderOptions, VideoEncoderOptions } from "./encoder_options.ts";
import { checkEncoderOptions, openEncoder } from "./open_encoder.ts";
import { avutilFor } from "./shared_avutil.ts";

const OP = "avcodec_open2";
const MAX_SIDE = 65535;
const MAX_CHANNELS = 64;

/** Frees the encoders that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<CodecHold>((hold) => hold.abandon());

/** Lets `use` see a frame as C takes it: `address` of an `AVFrame` that it may share. */
type Lend<F> = (op: string, frame: F, use: (address: number) => number) => number;

/** Makes packets out of frames (`AVCodecContext`), and the duty to close it. Each packet is the caller's to give back, and outlives the encoder. */
export class Encoder<F extends Frame | AudioFrame = Frame> implements Disposable {
  readonly #hold: CodecHold;
  readonly #lend: Lend<F>;
  readonly #parameters: CodecParameters;
  readonly #queue: CodecQueue<Packet>;
  readonly #send: (address: number) => number;
  #state: "open" | "drained" | "closed" = "open";
  /** Seconds in one unit of the timestamps of frames and packets. */
  readonly timeBase: Rational;

  private constructor(
    hold: CodecHold,
    parameters: CodecParameters,
    timeBase: Rational,
    duration: number,
    lend: Lend<F>,
  ) {
    this.#hold = hold;
    this.#parameters = parameters;
    this.timeBase = Object.freeze([timeBase[0], timeBase[1]]);
    this.#lend = lend;
    const own = this.timeBase;
    this.#queue = new CodecQueue(
      (address) => hold.library.symbols.avcodec_send_frame(hold.address, address),
      () => receive(hold, own, duration),
    );
    this.#send = (address) => this.#queue.send(address);
    forgotten.register(this, hold, this);
  }

  /**
   * Opens an encoder of pictures (`avcodec_open2`).
   *
   * Errors: `EINVAL` for a codec that the library does not encode, for a format or a size that the encoder does not take and for options that nobody takes,
   * `TypeError`, `ABI_MISMATCH`, and those of `loadAvformat()` and `loadAvutil()`.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { loadAvutil } from "@mediamem/ffi-avutil";
   * import { Encoder } from "@mediamem/ffi-avformat";
   * import { MediaError } from "@mediamem/interface";
   *
   * try {
   *   using avutil = loadAvutil();
   *   using encoder = Encoder.open({
   *     codec: "ffv1",
   *     width: 17,
   *     height: 5,
   *     pixelFormat: "gray",
   *     timeBase: [1, 25],
   *     avutil,
   *   });
   *   using frame = avutil.frames.alloc();
   *   frame.width = 17;
   *   frame.height = 5;
   *   frame.format = "gray";
   *   frame.pts = 0;
   *   frame.getBuffer();
   *   for (using packet of encoder.encode(frame)) assertEquals(packet.keyframe, true);
   *   for (using packet of encoder.encode(null)) assertEquals(packet.live, true);
   * } catch (error) {
   *   // A machine without libavformat.
   *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
   * }
   * ```
   */
  static open(options: VideoEncoderOptions): Encoder<Frame> {
    const { width, height, pixelFormat, timeBase, frameRate, gopSize } = options;
    checkEncoderOptions(OP, options);
    checkBetween(OP, "width", width, 1, MAX_SIDE);
    checkBetween(OP, "height", height, 1, MAX_SIDE);
    checkTimeBase(OP, "timeBase", timeBase);
    if (frameRate !== undefined) checkTimeBase(OP, "frameRate", frameRate);
    if (gopSize !== undefined) checkBetween(OP, "gopSize", gopSize, 0, 2 ** 31 - 1);
    if (typeof pixelFormat !== "string") {
      throw new TypeError(`Cannot call ${OP}: pixelFormat is ${show(pixelFormat)}, wanted a name: yuv420p`);
    }
    const format = libraryOf(OP, options.avformat ?? sharedAvformat());
    const { frames } = avutilFor(OP, format, options.avutil);
    const library = codecLibraryOf(format);
    const number = format.symbols.av_get_pix_fmt(cString(pixelFormat));
    if (number < 0) {
      invalid(OP, `Cannot call ${OP}: pixelFormat is ${show(pixelFormat)}, wanted one that there is`);
    }
    const hold = openEncoder(library, options, {
      type: "video",
      timeBase,
      frameRate,
      parameters: { format: number, width, height },
      settings: gopSize === undefined ? {} : { g: String(gopSize) },
      what: `${pixelFormat} ${width}x${height}`,
    });
    const scratch = frames.alloc();
    hold.keep(scratch);
    const lend: Lend<Frame> = (op, frame, use) => {
      // Throws for what is no live frame of that library.
      scratch.ref(frame);
      try {
        if (frame.width !== width || frame.height !== height || frame.format !== pixelFormat) {
          invalid(
            op,
            `Cannot call ${op}: frame is ${frame.format} ${frame.width}x${frame.height}, wanted ${pixelFormat} ${width}x${height}`,
          );
        }
        // What a decoder found a picture to be would be an order to the encoder.
        withStruct(library.abi.AVFrame, scratch.address, (fields) => fields.setI32("pict_type", 0));
        return use(scratch.address);
      } finally {
        scratch.unref();
      }
    };
    return Encoder.#made(hold, timeBase, frameDuration(timeBase, frameRate), lend);
  }

  /** The same for sound: frames of samples, each of at most {@linkcode Encoder.frameSize} samples. */
  static openAudio(options: AudioEncoderOptions): Encoder<AudioFrame> {
    const { sampleRate, sampleFormat, channels } = options;
    checkEncoderOptions(OP, options);
    checkBetween(OP, "sampleRate", sampleRate, 1, 2 ** 31 - 1);
    checkBetween(OP, "channels", channels, 1, MAX_CHANNELS);
    const timeBase: Rational = options.timeBase ?? [1, sampleRate];
    checkTimeBase(OP, "timeBase", timeBase);
    const library = codecLibraryOf(libraryOf(OP, options.avformat ?? sharedAvformat()));
    const hold = openEncoder(library, options, {
      type: "audio",
      timeBase,
      frameRate: undefined,
      parameters: { format: sampleFormatNumber(library, OP, sampleFormat), sample_rate: sampleRate },
      settings: channelSettings(library, channels),
      what: `${sampleFormat} of ${channels} channels, ${sampleRate} Hz`,
    });
    let frameSize = 0;
    const lend: Lend<AudioFrame> = (op, frame, use) => {
      if (!(frame instanceof AudioFrame)) {
        throw new TypeError(`Cannot call ${op}: frame is ${show(frame)}, wanted an AudioFrame or null`);
      }
      const { address } = frame;
      if (libraryOfFrame(frame) !== library) {
        throw new MediaError("WRONG_OWNER", `Cannot call ${op}: frame is one of another library`, { op });
      }
      if (
        frame.sampleFormat !== sampleFormat || frame.sampleRate !== sampleRate ||
        frame.channels !== channels ||
        (frameSize > 0 && frame.samples > frameSize)
      ) {
        invalid(
          op,
          `Cannot call ${op}: frame is ${frame.samples} samples ${frame.sampleFormat} of ${frame.channels} channels, ${frame.sampleRate} Hz, wanted ${
            frameSize > 0 ? `at most ${frameSize} samples ` : ""
          }${sampleFormat} of ${channels} channels, ${sampleRate} Hz`,
        );
      }
      return use(address);
    };
    const encoder = Encoder.#made(hold, timeBase, 0, lend);
    frameSize = encoder.frameSize;
    return encoder;
  }

  static #made<F extends Frame | AudioFrame>(
    hold: CodecHold,
    timeBase: Rational,
    duration: number,
    lend: Lend<F>,
  ): Encoder<F> {
    const { format } = hold.library;
    try {
      const parameters = new CodecParameters(format);
      hold.keep(parameters);
      const answer = format.symbols.avcodec_parameters_from_context(parameters.address, hold.address);
      if (answer < 0) failMedia(format.symbols, OP, answer, "open an encoder", "memory for its parameters");
      return new Encoder<F>(hold, parameters, timeBase, duration, lend);
    } catch (error) {
      hold.release();
      throw error;
    }
  }

  /** Whether it was not closed yet. */
  get live(): boolean {
    return this.#state !== "closed";
  }

  /** How the packets are coded: what a decoder or `Muxer.addStream` takes. The encoder's, given back with it; `clone()` makes a copy of your own. */
  get parameters(): CodecParameters {
    return this.#parameters;
  }

  /** Of sound: samples of every frame but the last; 0 where any number will do. */
  get frameSize(): number {
    return this.#parameters.frameSize;
  }

  /**
   * Gives a frame to the encoder, at once, and the packets that are ready, as they are asked for (`avcodec_send_frame`, `avcodec_receive_packet`).
   *
   * What is not asked for comes with the next call. After null, which gives the packets that were still held back, the encoder takes no more frames. The frame
   * stays the caller's; a picture must not be written to as long as the encoder refers to it: `isWritable` says so.
   *
   * Errors: `EINVAL` for a frame of another size or format and for one after null, `WRONG_OWNER` for one of another library, `MediaError` for what the encoder
   * refuses, `OVER_BUDGET`, `USE_AFTER_FREE`.
   */
  encode(frame: F | null): Generator<Packet, void, void> {
    const op = "avcodec_send_frame";
    this.#use(op);
    if (this.#state === "drained") {
      invalid(op, `Cannot call ${op}: the encoder was told of the end, wanted no frame any more`);
    }
    const { format } = this.#hold.library;
    const answer = frame === null ? this.#queue.send(0) : this.#lend(op, frame, this.#send);
    if (answer < 0) failMedia(format.symbols, op, answer, "encode a frame", "one that the encoder takes");
    if (frame === null) this.#state = "drained";
    return this.#take();
  }

  /** Frees the context (`avcodec_free_context`); nothing where that was done. */
  [Symbol.dispose](): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    forgotten.unregister(this);
    this.#queue[Symbol.dispose]();
    this.#hold.release();
  }

  *#take(): Generator<Packet, void, void> {
    for (const packet of this.#queue.take()) {
      yield packet;
      this.#use("avcodec_receive_packet");
    }
  }

  #use(op: string): void {
    if (this.#state !== "closed") return;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the encoder was closed, wanted a live one${this.#hold.describe()}`,
      { op },
    );
  }
}

/** Units of the time base that a picture is shown for; 0 where nobody knows. */
function frameDuration([num, den]: Rational, frameRate: Rational | undefined): number {
  return frameRate === undefined ? 0 : Math.round(den * frameRate[1] / (num * frameRate[0]));
}

/** Receives one packet; null where none is ready. */
function receive(hold: CodecHold, timeBase: Rational, duration: number): Packet | null {
  const op = "avcodec_receive_packet";
  const { symbols, format } = hold.library;
  const packet = Packet.allocate(format);
  try {
    const answer = symbols.avcodec_receive_packet(hold.address, packet.address);
    if (answer >= 0) {
      packet.received();
      packet.timeBase = timeBase;
      // Without it, some formats would end before the last picture.
      if (packet.duration === 0) packet.duration = duration;
      return packet;
    }
    if (answer !== AVERROR.EAGAIN && answer !== AVERROR.EOF) {
      failMedia(format.symbols, op, answer, "encode a frame", "one that the encoder takes");
    }
  } catch (error) {
    packet[Symbol.dispose]();
    throw error;
  }
  packet[Symbol.dispose]();
  return null;
}
