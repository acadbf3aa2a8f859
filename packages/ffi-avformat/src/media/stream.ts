import type { StructReader } from "@mediamem/ffi-avutil/native";
import type { CodecParameters, MediaType } from "./codec_parameters.ts";
import type { Rational } from "./numbers.ts";

/** What a stream is for (`AV_DISPOSITION_DEFAULT` …). */
export type Disposition =
  | "default"
  | "dub"
  | "original"
  | "comment"
  | "lyrics"
  | "karaoke"
  | "forced"
  | "hearingImpaired"
  | "visualImpaired"
  | "cleanEffects"
  | "attachedPicture"
  | "timedThumbnails"
  | "nonDiegetic"
  | "captions"
  | "descriptions"
  | "metadata"
  | "dependent"
  | "stillImage";

/** In the order of their bits. */
const DISPOSITIONS: readonly (Disposition | null)[] = [
  "default",
  "dub",
  "original",
  "comment",
  "lyrics",
  "karaoke",
  "forced",
  "hearingImpaired",
  "visualImpaired",
  "cleanEffects",
  "attachedPicture",
  "timedThumbnails",
  "nonDiegetic",
  null,
  null,
  null,
  "captions",
  "descriptions",
  "metadata",
  "dependent",
  "stillImage",
];

/** The names of the bits of a disposition. */
export function dispositionNames(bits: number): readonly Disposition[] {
  return DISPOSITIONS.filter((name, bit) => name !== null && (bits >> bit & 1) !== 0) as Disposition[];
}

/** The bits of names. Throws `TypeError` for a name that is none. */
export function dispositionBits(names: readonly Disposition[]): number {
  let bits = 0;
  for (const name of names) {
    const bit = DISPOSITIONS.indexOf(name);
    if (bit < 0 || name === null) {
      throw new TypeError(`Cannot set a disposition: found ${name}, wanted default, dub, …`);
    }
    bits |= 1 << bit;
  }
  return bits;
}

/** A stream of a demuxer (`AVStream`), as it was when it was found. */
export interface MediaStream {
  /** What its packets have for `streamIndex`. */
  readonly index: number;
  /** The container's own number for it. */
  readonly id: number;
  /** What it carries. */
  readonly type: MediaType;
  /** Name of its codec: `h264`; `none` where nobody knows. */
  readonly codec: string;
  /** `AVCodecID`. */
  readonly codecId: number;
  /** Seconds in one unit of its timestamps. */
  readonly timeBase: Rational;
  /** When it begins, in units of `timeBase`; null where nobody knows. */
  readonly startTime: number | null;
  /** How long it is, in units of `timeBase`; null where nobody knows. */
  readonly duration: number | null;
  /** Frames in it; 0 where nobody knows. */
  readonly frames: number;
  /** Frames a second on average; 0 of something where nobody knows. */
  readonly averageFrameRate: Rational;
  /** What it is for. */
  readonly disposition: readonly Disposition[];
  /** Of video: pixels of a row; else 0. */
  readonly width: number;
  /** Of video: rows; else 0. */
  readonly height: number;
  /** Of video: name of its pixel format; null where nobody knows. */
  readonly pixelFormat: string | null;
  /** Of audio: samples a second; else 0. */
  readonly sampleRate: number;
  /** Of audio: channels; else 0. */
  readonly channels: number;
  /** Of audio: name of its sample format; null where nobody knows. */
  readonly sampleFormat: string | null;
  /** What a decoder must know before the first packet; a copy. */
  readonly extradata: Uint8Array<ArrayBuffer>;
  /** What the container says of it: `language`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** How it is coded: what a decoder or `Muxer.addStream` takes. The demuxer's, given back with it; `clone()` makes a copy of your own. */
  readonly parameters: CodecParameters;
}

/** Reads a pair of `int`. */
export function rationalOf<F extends string>(fields: StructReader<F>, field: F): Rational {
  return [fields.i32(field, 0), fields.i32(field, 1)];
}

/** Reads a timestamp of a struct. */
export function timestampOf<F extends string>(fields: StructReader<F>, field: F): number | null {
  const value = fields.i64(field);
  return value === -(2n ** 63n) ? null : Number(value);
}

/** Writes a pair of `int`. */
export function setRational<F extends string>(
  fields: StructReader<F>,
  field: F,
  value: Rational,
): void {
  fields.setI32(field, value[0], 0);
  fields.setI32(field, value[1], 1);
}
