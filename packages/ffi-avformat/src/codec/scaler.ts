import type { AvutilBackend } from "@mediamem/ffi-avutil";
import { AVERROR, type Frame, MediaError, type PixelFormatName, type Planes } from "@mediamem/interface";
import { checkBoolean, checkWord, invalid, show } from "@mediamem/checks";
import { cString, load, type NativeLibrary } from "@mediamem/ffi";
import { splitVersion, versionText } from "@mediamem/ffi-avutil/native";
import { type AvformatLibrary, libraryOf } from "../library.ts";
import { type AvformatBackend, sharedAvformat } from "../load_avformat.ts";
import { failMedia } from "../media/failure.ts";
import { checkBetween } from "./audio_frame.ts";
import { besideAvformat } from "./codec_library.ts";
import { SCALE_SYMBOLS, SCALE_VERSION_SYMBOLS } from "./codec_symbols.ts";
import { ScaleHold } from "./scale_hold.ts";
import { avutilFor } from "./shared_avutil.ts";

/** How pixels between pixels are found (`SWS_BICUBIC` …). */
export type ScaleAlgorithm =
  | "fastBilinear"
  | "bilinear"
  | "bicubic"
  | "experimental"
  | "nearest"
  | "area"
  | "bicubicLinear"
  | "gauss"
  | "sinc"
  | "lanczos"
  | "spline";

/** In the order of their bits, from `SWS_FAST_BILINEAR` on. */
const ALGORITHMS: readonly ScaleAlgorithm[] = [
  "fastBilinear",
  "bilinear",
  "bicubic",
  "experimental",
  "nearest",
  "area",
  "bicubicLinear",
  "gauss",
  "sinc",
  "lanczos",
  "spline",
];

/** `SWS_FULL_CHR_H_INT`, `SWS_ACCURATE_RND` and `SWS_BITEXACT`. */
const EXACT = 0x2000 | 0x40000 | 0x80000;

/** What a picture is. */
export interface PictureShape {
  /** Pixels of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Pixel format. */
  readonly format: PixelFormatName;
}

/** How pictures are scaled and converted. */
export interface ScalerOptions {
  /** What goes in. */
  readonly from: PictureShape;
  /** What comes out. */
  readonly to: PictureShape;
  /** How; undefined: `bicubic`. */
  readonly algorithm?: ScaleAlgorithm;
  /** Whether rounding is exact and alike on every machine, which takes longer; undefined: false. */
  readonly exact?: boolean;
  /** The library; undefined: the one of the process. */
  readonly avformat?: AvformatBackend;
  /** The library whose frames go in and out; undefined: the one of the process. */
  readonly avutil?: AvutilBackend;
}

/** Frees the scalers that a program forgot, on the thread that made them. */
const forgotten = new FinalizationRegistry<ScaleHold>((hold) => hold.abandon());

/** Scales pictures and converts their pixels (`SwsContext`), and the duty to free it. */
export class Scaler implements Disposable {
  readonly #hold: ScaleHold;
  readonly #avutil: AvutilBackend;
  readonly #format: AvformatLibrary;
  /** What goes in. */
  readonly from: PictureShape;
  /** What comes out. */
  readonly to: PictureShape;
  /** Frames that planes of JavaScript are copied to and from, made when they are needed first. */
  #between: readonly [Frame, Frame] | null = null;
  #live = true;

  private constructor(
    hold: ScaleHold,
    avutil: AvutilBackend,
    format: AvformatLibrary,
    from: PictureShape,
    to: PictureShape,
  ) {
    this.#hold = hold;
    this.#avutil = avutil;
    this.#format = format;
    this.from = Object.freeze({ ...from });
    this.to = Object.freeze({ ...to });
    forgotten.register(this, hold, this);
  }

  /**
   * Makes a scaler (`sws_getContext`).
   *
   * Errors: `LIBRARY_MISSING` where there is no libswscale of that release, `EINVAL` for sizes and formats that it does not take, `TypeError`, and those of
   * `loadAvformat()` and `loadAvutil()`.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Scaler } from "@mediamem/ffi-avformat";
   * import { MediaError } from "@mediamem/interface";
   *
   * try {
   *   using scaler = Scaler.open({
   *     from: { width: 2, height: 2, format: "gray" },
   *     to: { width: 2, height: 2, format: "rgb24" },
   *   });
   *   const rgb = new Uint8Array(12);
   *   const gray = new Uint8Array([255, 255, 255, 255]);
   *   scaler.scalePlanes(
   *     [{ memory: gray, offset: 0, linesize: 2 }],
   *     [{ memory: rgb, offset: 0, linesize: 6 }],
   *   );
   *   assertEquals(rgb[0], 255);
   * } catch (error) {
   *   // A machine without libavformat or libswscale.
   *   assertEquals(error instanceof MediaError && error.code, "LIBRARY_MISSING");
   * }
   * ```
   */
  static open(options: ScalerOptions): Scaler {
    const op = "sws_getContext";
    const { from, to, algorithm = "bicubic", exact = false } = options;
    checkWord(op, "algorithm", algorithm, ALGORITHMS);
    checkBoolean(op, "exact", exact);
    checkShape(op, "from", from);
    checkShape(op, "to", to);
    const format = libraryOf(op, options.avformat ?? sharedAvformat());
    const avutil = avutilFor(op, format, options.avutil);
    const symbols = loadScale(format);
    const input = formatNumber(op, format, "from", from);
    const output = formatNumber(op, format, "to", to);
    if (symbols.sws_isSupportedInput(input) === 0) {
      invalid(op, `Cannot call ${op}: from.format is ${from.format}, wanted one that libswscale reads`);
    }
    if (symbols.sws_isSupportedOutput(output) === 0) {
      invalid(op, `Cannot call ${op}: to.format is ${to.format}, wanted one that libswscale writes`);
    }
    const flags = (1 << ALGORITHMS.indexOf(algorithm)) | (exact ? EXACT : 0);
    const context = symbols.sws_getContext(
      from.width,
      from.height,
      input,
      to.width,
      to.height,
      output,
      flags,
      0,
      0,
      0,
    );
    if (context === 0) {
      invalid(op, `Cannot call ${op}: found ${words(from)} to ${words(to)}, wanted what libswscale can do`);
    }
    const hold = new ScaleHold(symbols, format.ledger, context, avutil.frames);
    return new Scaler(hold, avutil, format, from, to);
  }

  /** Whether it was not given back yet. */
  get live(): boolean {
    return this.#live;
  }

  /**
   * Scales the picture of a frame into the memory of another (`sws_scale`). Time stamps stay as they are.
   *
   * Errors: `EINVAL` for a frame of another size or format and for one without memory, `LOCKED` for a `dst` whose memory others refer to, `OVERLAP`,
   * `WRONG_OWNER` and `TypeError` for what is no frame of the same libavutil, `USE_AFTER_FREE`.
   */
  scale(src: Frame, dst: Frame): void {
    const op = "sws_scale";
    this.#use(op);
    this.#checkFrame(op, "src", src, this.from);
    this.#checkFrame(op, "dst", dst, this.to);
    if (src.address === dst.address) {
      throw new MediaError("OVERLAP", `Cannot call ${op}: dst is src itself, wanted another frame`, { op });
    }
    if (!dst.isWritable) {
      throw new MediaError("LOCKED", `Cannot call ${op}: others refer to the memory of dst, wanted nobody`, {
        op,
      });
    }
    const answer = this.#hold.scale(src.address, dst.address, this.from.height);
    if (answer >= 0) return;
    failMedia(this.#format.symbols, op, answer, "scale a picture", "one that libswscale can do");
  }

  /**
   * The same between planes anywhere, of JavaScript too. It copies both pictures, because libswscale reads and writes behind the ends of rows.
   *
   * Errors: `EINVAL` for planes that do not hold their picture, `TypeError`, `OVER_BUDGET`, `USE_AFTER_FREE`.
   */
  scalePlanes(src: Planes, dst: Planes): void {
    const op = "sws_scale";
    this.#use(op);
    const { image } = this.#avutil;
    const { from, to } = this;
    this.#between ??= [this.#allocate(from), this.#allocate(to)];
    const [input, output] = this.#between;
    image.copyImage(input.planes, src, from.format, from.width, from.height);
    this.scale(input, output);
    // A dst that does not hold its picture is refused here, as it was.
    image.copyImage(dst, output.planes, to.format, to.width, to.height);
  }

  /** Frees the context (`sws_freeContext`); nothing where that was done. */
  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    forgotten.unregister(this);
    this.#between?.forEach((frame) => frame[Symbol.dispose]());
    this.#hold.release();
  }

  #allocate({ width, height, format }: PictureShape): Frame {
    const frame = this.#avutil.frames.alloc();
    try {
      frame.width = width;
      frame.height = height;
      frame.format = format;
      frame.getBuffer();
      return frame;
    } catch (error) {
      frame[Symbol.dispose]();
      throw error;
    }
  }

  #checkFrame(op: string, name: string, frame: Frame, wanted: PictureShape): void {
    // Throws for what is no live frame of that library, or has no memory.
    this.#hold.checkOwner(frame);
    const { width, height, format } = frame;
    if (width === wanted.width && height === wanted.height && format === wanted.format) return;
    invalid(op, `Cannot call ${op}: ${name} is ${format} ${width}x${height}, wanted ${words(wanted)}`);
  }

  #use(op: string): void {
    if (this.#live) return;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the scaler was given back, wanted a live one${this.#hold.describe()}`,
      { op },
    );
  }
}

function words({ width, height, format }: PictureShape): string {
  return `${format} ${width}x${height}`;
}

function checkShape(op: string, name: string, shape: PictureShape): void {
  if (typeof shape !== "object" || shape === null || typeof shape.format !== "string") {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(shape)}, wanted { width, height, format }`);
  }
  checkBetween(op, `${name}.width`, shape.width, 1, 65535);
  checkBetween(op, `${name}.height`, shape.height, 1, 65535);
}

function formatNumber(op: string, { symbols }: AvformatLibrary, name: string, shape: PictureShape): number {
  const number = symbols.av_get_pix_fmt(cString(shape.format));
  if (number >= 0) return number;
  throw new MediaError(
    "EINVAL",
    `Cannot call ${op}: ${name}.format is ${show(shape.format)}, wanted the name of a pixel format`,
    { op, averror: AVERROR.EINVAL },
  );
}

/** What the major of libavcodec is ahead of that of libswscale by. */
const AHEAD = 53;

function loadScale(format: AvformatLibrary): NativeLibrary<typeof SCALE_SYMBOLS>["symbols"] {
  const major = format.abi.major - AHEAD;
  const source = besideAvformat(format, "swscale", major);
  const asked = load({ ...source, symbols: SCALE_VERSION_SYMBOLS });
  const version = splitVersion(asked.symbols.swscale_version());
  if (version.major === major) return load({ ...source, symbols: SCALE_SYMBOLS }).symbols;
  throw new MediaError(
    "ABI_MISMATCH",
    `Cannot use ${asked.path} with ${format.abi.name}: found libswscale ${
      versionText(version)
    }, wanted major version ${major}`,
    { op: "swscale_version" },
  );
}
