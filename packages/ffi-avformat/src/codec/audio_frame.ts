import { AVERROR, MediaError } from "@mediamem/interface";
import { checkInt, checkTimestamp, invalid, show } from "@mediamem/checks";
import { cString, getPointer, memory, readCString } from "@mediamem/ffi";
import { type StructReader, withStruct } from "@mediamem/ffi-avutil/native";
import { libraryOf } from "../library.ts";
import { type AvformatBackend, sharedAvformat } from "../load_avformat.ts";
import { allocated, failMedia } from "../media/failure.ts";
import { readTimestamp, writeTimestamp } from "../media/numbers.ts";
import { AudioHold } from "./audio_hold.ts";
import { layoutName, setLayout } from "./channel_layout.ts";
import type { CodecAbi } from "./codec_abi.ts";
import { type CodecLibrary, codecLibraryOf } from "./codec_library.ts";

/** Samples of one channel, or of all channels in turn, in an array of their type. */
export type Samples =
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** What a frame of sound is made with. */
export interface AudioFrameOptions {
  /** Name of the sample format: `fltp`. */
  readonly sampleFormat: string;
  /** Samples a second. */
  readonly sampleRate: number;
  /** Channels, in their usual layout. */
  readonly channels: number;
  /** Samples of each channel. */
  readonly samples: number;
  /** When it is heard; undefined: null, unknown. */
  readonly pts?: number | null;
  /** The library; undefined: the one of the process. */
  readonly avformat?: AvformatBackend;
}

const ARRAYS = {
  u8: Uint8Array,
  s16: Int16Array,
  s32: Int32Array,
  s64: BigInt64Array,
  flt: Float32Array,
  dbl: Float64Array,
} as const;

/** Beyond it no library has a layout that it can describe; 64 bits of a mask. */
const MAX_CHANNELS = 64;

/** Frees the frames that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<AudioHold>((hold) => hold.abandon());

/** Gives the library that a frame belongs to. */
export let libraryOfFrame: (frame: AudioFrame) => CodecLibrary;

/**
 * A piece of sound (`AVFrame`), and the duty to give it back.
 *
 * A frame that was given back throws `USE_AFTER_FREE` from everything but dispose, and the views of its samples are empty then.
 */
export class AudioFrame implements Disposable {
  static {
    libraryOfFrame = (frame) => frame.#hold.library;
  }

  readonly #hold: AudioHold;
  #planes: readonly Samples[] | null = null;
  #live = true;

  private constructor(hold: AudioHold) {
    this.#hold = hold;
    forgotten.register(this, hold, this);
  }

  /**
   * Makes a frame of samples that are still to be written (`av_frame_get_buffer`).
   *
   * Errors: `TypeError`, `EINVAL`, `ENOMEM`, `OVER_BUDGET`, and those of `loadAvformat()`.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { AudioFrame } from "@mediamem/ffi-avformat";
   * import { MediaError } from "@mediamem/interface";
   *
   * try {
   *   using frame = AudioFrame.alloc({ sampleFormat: "fltp", sampleRate: 48000, channels: 2, samples: 1024 });
   *   const [left, right] = frame.planes as Float32Array[];
   *   left!.fill(0.5);
   *   assertEquals(right!.length, 1024);
   * } catch (error) {
   *   // A machine without libavformat.
   *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
   * }
   * ```
   */
  static alloc(options: AudioFrameOptions): AudioFrame {
    const op = "av_frame_get_buffer";
    const { sampleFormat, sampleRate, channels, samples, pts = null } = options;
    checkBetween(op, "sampleRate", sampleRate, 1, 2 ** 31 - 1);
    checkBetween(op, "channels", channels, 1, MAX_CHANNELS);
    checkBetween(op, "samples", samples, 1, 2 ** 24);
    checkTimestamp(op, "pts", pts);
    const library = codecLibraryOf(libraryOf(op, options.avformat ?? sharedAvformat()));
    const { symbols, format } = library;
    const number = sampleFormatNumber(library, op, sampleFormat);
    const bytes = channels * samples * symbols.av_get_bytes_per_sample(number);
    const hold = countedHold(library, bytes, () => allocated("av_frame_alloc", symbols.av_frame_alloc()));
    try {
      const { fields } = hold.struct;
      fields.setI32("nb_samples", samples);
      fields.setI32("format", number);
      fields.setI32("sample_rate", sampleRate);
      setLayout(library, hold.address, fields, channels);
      const answer = symbols.av_frame_get_buffer(hold.address, 0);
      if (answer < 0) {
        failMedia(format.symbols, op, answer, `make a frame of ${samples} samples`, "memory");
      }
    } catch (error) {
      hold.release();
      throw error;
    }
    const frame = new AudioFrame(hold);
    frame.pts = pts;
    return frame;
  }

  /** Takes over a filled frame of C; internal. Throws `OVER_BUDGET`, and leaves the frame to the caller, where it is too much. */
  static adopt(library: CodecLibrary, address: number): AudioFrame {
    const bytes = withStruct(
      library.abi.AVFrame,
      address,
      (fields) => planeBytes(library, fields) * planeCount(library, fields),
    );
    return new AudioFrame(countedHold(library, bytes, () => address));
  }

  /** Address of the `AVFrame`. */
  get address(): number {
    this.#use("AVFrame");
    return this.#hold.address;
  }

  /** Whether it was not given back yet. */
  get live(): boolean {
    return this.#live;
  }

  /** Name of the sample format: `fltp`. */
  get sampleFormat(): string {
    const number = this.#use("AVFrame.format").i32("format");
    return readCString(this.#hold.library.format.symbols.av_get_sample_fmt_name(number))!;
  }

  /** Samples a second. */
  get sampleRate(): number {
    return this.#use("AVFrame.sample_rate").i32("sample_rate");
  }

  /** Channels. */
  get channels(): number {
    return this.#use("AVFrame.channels").i32("channels");
  }

  /** Name of the layout of the channels: `stereo`. */
  get channelLayout(): string {
    this.#use("AVFrame.channel_layout");
    return layoutName(this.#hold.library, this.#hold.address, this.#hold.struct.fields);
  }

  /** Samples of each channel. */
  get samples(): number {
    return this.#use("AVFrame.nb_samples").i32("nb_samples");
  }

  /** When it is heard, in units of the time base of its packets; null where nobody knows. */
  get pts(): number | null {
    this.#use("AVFrame.pts");
    return readTimestamp(this.#hold.struct.memory.data, this.#hold.library.abi.AVFrame.fields.pts[0]);
  }
  set pts(value: number | null) {
    const op = "AVFrame.pts";
    this.#use(op);
    checkTimestamp(op, "pts", value);
    writeTimestamp(this.#hold.struct.memory.data, this.#hold.library.abi.AVFrame.fields.pts[0], value);
  }

  /** Whether nobody else refers to its samples (`av_frame_is_writable`). */
  get isWritable(): boolean {
    this.#use("av_frame_is_writable");
    const { symbols } = this.#hold.library;
    return symbols.av_frame_is_writable(this.#hold.address) !== 0;
  }

  /**
   * The samples themselves, until the frame is given back: an array for each channel of a planar format, else one in which the channels take turns.
   * They may be written where the frame is writable.
   */
  get planes(): readonly Samples[] {
    const fields = this.#use("AVFrame.extended_data");
    if (this.#planes !== null) return this.#planes;
    const count = planeCount(this.#hold.library, fields);
    const bytes = planeBytes(this.#hold.library, fields);
    const kind = this.sampleFormat.replace(/p$/, "") as keyof typeof ARRAYS;
    const Kind = ARRAYS[kind];
    const pointers = memory(fields.pointer("extended_data"), 8 * count);
    const found: Samples[] = [];
    for (let i = 0; i < count; i++) {
      found.push(new Kind(this.#hold.view(getPointer(pointers.data, 8 * i), bytes).buffer));
    }
    pointers.revoke();
    return this.#planes = Object.freeze(found);
  }

  /** Frees the frame (`av_frame_free`); nothing where that was done. */
  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    forgotten.unregister(this);
    this.#hold.release();
  }

  #use(op: string): AudioHold["struct"]["fields"] {
    if (this.#live) return this.#hold.struct.fields;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot use ${op}: the frame was given back, wanted a live one${this.#hold.describe()}`,
      { op },
    );
  }
}

type Fields = StructReader<keyof CodecAbi["AVFrame"]["fields"]>;

function countedHold(library: CodecLibrary, bytes: number, address: () => number): AudioHold {
  const { ledger } = library.format;
  ledger.grow("AVFrame.data", bytes);
  try {
    return new AudioHold(library, address(), bytes);
  } catch (error) {
    ledger.shrink(bytes);
    throw error;
  }
}

function planeCount({ symbols }: CodecLibrary, fields: Fields): number {
  return symbols.av_sample_fmt_is_planar(fields.i32("format")) === 0 ? 1 : fields.i32("channels");
}

function planeBytes(library: CodecLibrary, fields: Fields): number {
  const size = library.symbols.av_get_bytes_per_sample(fields.i32("format"));
  return fields.i32("channels") * fields.i32("nb_samples") * size / planeCount(library, fields);
}

/** The number of a sample format. Throws `EINVAL` for a name that is none, `TypeError` for no string. */
export function sampleFormatNumber({ symbols }: CodecLibrary, op: string, name: string): number {
  if (typeof name !== "string") {
    throw new TypeError(`Cannot call ${op}: sampleFormat is ${show(name)}, wanted a name: fltp`);
  }
  const number = symbols.av_get_sample_fmt(cString(name));
  if (number >= 0) return number;
  invalid(op, `Cannot call ${op}: sampleFormat is ${show(name)}, wanted the name of one: fltp`);
}

/** Throws unless `value` is an integer from `first` to `last`. */
export function checkBetween(op: string, name: string, value: number, first: number, last: number): void {
  checkInt(op, name, value);
  if (value >= first && value <= last) return;
  throw new MediaError("EINVAL", `Cannot call ${op}: ${name} is ${value}, wanted ${first} to ${last}`, {
    op,
    averror: AVERROR.EINVAL,
  });
}
