import { MediaError } from "@mediamem/interface";
import { memory, pointerArray, readCString } from "@mediamem/ffi";
import { type OpenStruct, openStruct } from "@mediamem/ffi-avutil/native";
import type { LedgerEntry } from "@mediamem/ledger";
import type { MediaStructs } from "../media_abi.ts";
import type { AvformatLibrary } from "../library.ts";
import { allocated, failMedia } from "./failure.ts";
import { type Rational, readInt64, readRational } from "./numbers.ts";

/** What a stream carries; `unknown` for what the library does not know either. */
export type MediaType = "video" | "audio" | "data" | "subtitle" | "attachment" | "unknown";

/** In the order of `AVMediaType`. */
const TYPES: readonly MediaType[] = ["video", "audio", "data", "subtitle", "attachment"];

type Field = keyof MediaStructs["AVCodecParameters"]["fields"];

/** How the packets of a stream are coded (`AVCodecParameters`), and the duty to give that back: what a decoder or a muxer is made with. */
export class CodecParameters implements Disposable {
  readonly #library: AvformatLibrary;
  readonly #address: number;
  readonly #struct: OpenStruct<Field>;
  readonly #entry: LedgerEntry | null;
  #live = true;

  /** Allocates parameters of nothing; internal. Throws `ENOMEM`. */
  constructor(library: AvformatLibrary) {
    const op = "avcodec_parameters_alloc";
    this.#library = library;
    this.#address = allocated(op, library.symbols.avcodec_parameters_alloc());
    this.#struct = openStruct(library.abi.media.AVCodecParameters, this.#address);
    this.#entry = library.ledger.open(op, 0);
  }

  /** Copies the parameters at an address; internal. Throws `ENOMEM`. */
  static copyOf(library: AvformatLibrary, address: number): CodecParameters {
    const made = new CodecParameters(library);
    const op = "avcodec_parameters_copy";
    const answer = library.symbols.avcodec_parameters_copy(made.#address, address);
    if (answer >= 0) return made;
    made[Symbol.dispose]();
    return failMedia(library.symbols, op, answer, "copy codec parameters", "memory for a copy");
  }

  /** A copy of one's own, which outlives the demuxer. */
  clone(): CodecParameters {
    return CodecParameters.copyOf(this.#library, this.address);
  }

  /**
   * The library that it belongs to.
   *
   * @internal
   */
  get library(): AvformatLibrary {
    return this.#library;
  }

  /** Address of the `AVCodecParameters`. */
  get address(): number {
    this.#fields("AVCodecParameters");
    return this.#address;
  }

  /** Whether it was not given back yet. */
  get live(): boolean {
    return this.#live;
  }

  /** What it is that is coded. */
  get type(): MediaType {
    return TYPES[this.#fields("AVCodecParameters.codec_type").i32("codec_type")] ?? "unknown";
  }

  /** Name of the codec: `h264`; `none` where nobody knows (`avcodec_get_name`). */
  get codec(): string {
    return readCString(this.#library.symbols.avcodec_get_name(this.codecId))!;
  }

  /** `AVCodecID`. */
  get codecId(): number {
    return this.#fields("AVCodecParameters.codec_id").i32("codec_id");
  }

  /** The container's own number for the codec, four letters in 32 bits; 0 for none. */
  get codecTag(): number {
    return this.#fields("AVCodecParameters.codec_tag").i32("codec_tag") >>> 0;
  }

  /** A copy of what a decoder must know before the first packet; empty where that is nothing. */
  get extradata(): Uint8Array<ArrayBuffer> {
    const fields = this.#fields("AVCodecParameters.extradata");
    const size = fields.i32("extradata_size");
    if (size <= 0) return new Uint8Array(0);
    const view = memory(fields.pointer("extradata"), size);
    const copy = view.bytes.slice();
    view.revoke();
    return copy;
  }

  /** Bits per second; 0 where nobody knows. */
  get bitRate(): number {
    return this.#int64("bit_rate");
  }

  /** Profile of the codec, a number of its own; -99 where nobody knows. */
  get profile(): number {
    return this.#fields("AVCodecParameters.profile").i32("profile");
  }

  /** Level of the codec, a number of its own; -99 where nobody knows. */
  get level(): number {
    return this.#fields("AVCodecParameters.level").i32("level");
  }

  /** Pixels of a row; 0 where it has none. */
  get width(): number {
    return this.#fields("AVCodecParameters.width").i32("width");
  }

  /** Rows; 0 where it has none. */
  get height(): number {
    return this.#fields("AVCodecParameters.height").i32("height");
  }

  /** Width of a pixel by its height; 0 of something where nobody knows. */
  get sampleAspectRatio(): Rational {
    this.#fields("AVCodecParameters.sample_aspect_ratio");
    const [offset] = this.#library.abi.media.AVCodecParameters.fields.sample_aspect_ratio;
    return readRational(this.#struct.memory.data, offset);
  }

  /** Name of the pixel format of video; null for what is none, or unknown. */
  get pixelFormat(): string | null {
    return this.type === "video" ? this.#formatName("av_get_pix_fmt_name") : null;
  }

  /** Name of the sample format of audio: `fltp`; null for what is none, or unknown. */
  get sampleFormat(): string | null {
    return this.type === "audio" ? this.#formatName("av_get_sample_fmt_name") : null;
  }

  /** Samples a second; 0 where it has none. */
  get sampleRate(): number {
    return this.#fields("AVCodecParameters.sample_rate").i32("sample_rate");
  }

  /** Channels of sound; 0 where it has none. */
  get channels(): number {
    return this.#fields("AVCodecParameters.channels").i32("channels");
  }

  /** Samples of one packet; 0 where that varies or nobody knows. */
  get frameSize(): number {
    return this.#fields("AVCodecParameters.frame_size").i32("frame_size");
  }

  /** Sets the container's own number for the codec; internal. */
  setCodecTag(tag: number): void {
    this.#fields("AVCodecParameters.codec_tag").setI32("codec_tag", tag);
  }

  /** Gives it back (`avcodec_parameters_free`). A second time does nothing. */
  [Symbol.dispose](): void {
    if (!this.#live) return;
    this.#live = false;
    this.#struct.memory.revoke();
    const cell = pointerArray(1);
    cell.set(0, this.#address);
    this.#library.symbols.avcodec_parameters_free(cell.bytes);
    this.#library.ledger.close(this.#entry);
  }

  #formatName(name: "av_get_pix_fmt_name" | "av_get_sample_fmt_name"): string | null {
    return readCString(this.#library.symbols[name](this.#fields("AVCodecParameters.format").i32("format")));
  }

  #int64(field: "bit_rate"): number {
    this.#fields(`AVCodecParameters.${field}`);
    return readInt64(this.#struct.memory.data, this.#library.abi.media.AVCodecParameters.fields[field][0]);
  }

  #fields(op: string): OpenStruct<Field>["fields"] {
    if (this.#live) return this.#struct.fields;
    throw new MediaError(
      "USE_AFTER_FREE",
      `Cannot call ${op}: the codec parameters were given back, wanted live ones${
        this.#library.ledger.describe(this.#entry)
      }`,
      { op },
    );
  }
}
