import type { AvutilBackend } from "@mediamem/ffi-avutil";
import type { PixelFormatName } from "@mediamem/interface";
import type { AvformatBackend } from "../load_avformat.ts";
import type { Rational } from "../media/numbers.ts";
import type { ThreadType } from "./open_codec.ts";

/** How any encoder is opened. */
export interface EncoderOptions {
  /** Name of the encoder, `libx264`, or of the codec, `h264`. */
  readonly codec: string;
  /** Bits per second; undefined: what the encoder takes for usual. */
  readonly bitRate?: number;
  /** Whether what a decoder must know is in `parameters` only, as mp4 and Matroska want it, and not in the packets; undefined: false. */
  readonly globalHeader?: boolean;
  /** Threads of the library that encode; undefined: 1, none but the caller's. None of them ever calls JavaScript. */
  readonly threads?: number;
  /** Whether threads share a frame or take one each; undefined: what the encoder can. */
  readonly threadType?: ThreadType;
  /** Options of the encoder and of libavcodec, by name: `preset`. One that nobody takes is `EINVAL`. */
  readonly options?: Readonly<Record<string, string>>;
  /** The library; undefined: the one of the process. */
  readonly avformat?: AvformatBackend;
}

/** How an encoder of pictures is opened. */
export interface VideoEncoderOptions extends EncoderOptions {
  /** Pixels of a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Pixel format of the frames; not every encoder takes every one. */
  readonly pixelFormat: PixelFormatName;
  /** Seconds in one unit of the timestamps of frames and packets. */
  readonly timeBase: Rational;
  /** Frames a second, by which packets get a duration where the encoder gives none; undefined: unknown. */
  readonly frameRate?: Rational;
  /** Frames from one keyframe to the next, at most; undefined: what the encoder takes for usual. */
  readonly gopSize?: number;
  /** The library whose frames go in; undefined: the one of the process. */
  readonly avutil?: AvutilBackend;
}

/** How an encoder of sound is opened. */
export interface AudioEncoderOptions extends EncoderOptions {
  /** Samples a second. */
  readonly sampleRate: number;
  /** Name of the sample format of the frames: `fltp`; not every encoder takes every one. */
  readonly sampleFormat: string;
  /** Channels, in their usual layout. */
  readonly channels: number;
  /** Seconds in one unit of the timestamps; undefined: one sample. */
  readonly timeBase?: Rational;
}
