import type { PixelFormatName } from "./pixel_format_name.gen.ts";

/** The major versions of libavutil that mediamem knows: FFmpeg 4.x to 8.x. */
export type AvutilMajor = 56 | 57 | 58 | 59 | 60;

/** The majors in order, oldest first. */
export const AVUTIL_MAJORS: readonly AvutilMajor[] = [56, 57, 58, 59, 60];

/**
 * One component of a pixel format: where its samples are (`AVComponentDescriptor`).
 *
 * `step` and `offset` are bytes, or bits in formats with the flag `BITSTREAM`.
 */
export interface ComponentDescriptor {
  /** Which plane holds the component, 0 to 3. */
  readonly plane: number;
  /** Distance from one sample to the next on the same row. */
  readonly step: number;
  /** Distance from the start of the row to the first sample. */
  readonly offset: number;
  /** How many bits the sample is shifted left in its word. */
  readonly shift: number;
  /** How many bits the sample has. */
  readonly depth: number;
}

/** One pixel format as a table row (`AVPixFmtDescriptor`). */
export interface PixelFormatDescriptor {
  /** The canonical name: `yuv420p`. */
  readonly name: PixelFormatName;
  /** How many components carry content; 0 for formats whose pixels live on a device. */
  readonly nbComponents: number;
  /** `ceil(width / 2^log2ChromaW)` is the width of the chroma planes. */
  readonly log2ChromaW: number;
  /** `ceil(height / 2^log2ChromaH)` is the height of the chroma planes. */
  readonly log2ChromaH: number;
  /** Bits of {@linkcode PIXEL_FORMAT_FLAG}. */
  readonly flags: number;
  /** Always four; those from `nbComponents` on describe padding or are zero. */
  readonly comp: readonly [
    ComponentDescriptor,
    ComponentDescriptor,
    ComponentDescriptor,
    ComponentDescriptor,
  ];
  /** Other names of the same format. */
  readonly alias: readonly string[];
}

/** The bits of {@linkcode PixelFormatDescriptor.flags} (`AV_PIX_FMT_FLAG_*`). */
export const PIXEL_FORMAT_FLAG: {
  /** Samples are big-endian. */
  readonly BE: 1;
  /** Pixels are indices into a palette of 256 entries in plane 1. */
  readonly PAL: 2;
  /** Steps and offsets are bits. */
  readonly BITSTREAM: 4;
  /** The pixels live on a device. */
  readonly HWACCEL: 8;
  /** At least one component has a plane of its own. */
  readonly PLANAR: 16;
  /** Red, green and blue rather than luma and chroma. */
  readonly RGB: 32;
  /** Carries a palette it does not need; libavutil 56 only. */
  readonly PSEUDOPAL: 64;
  /** Has an alpha component. */
  readonly ALPHA: 128;
  /** A Bayer pattern. */
  readonly BAYER: 256;
  /** Samples are IEEE 754 floats. */
  readonly FLOAT: 512;
  /** CIE XYZ; since libavutil 59. */
  readonly XYZ: 1024;
} = {
  BE: 1,
  PAL: 2,
  BITSTREAM: 4,
  HWACCEL: 8,
  PLANAR: 16,
  RGB: 32,
  PSEUDOPAL: 64,
  ALPHA: 128,
  BAYER: 256,
  FLOAT: 512,
  XYZ: 1024,
};

/** The bits that {@linkcode Image.pixFmtLoss} answers with (`FF_LOSS_*`). */
export const PIXEL_FORMAT_LOSS: {
  /** Chroma becomes coarser. */
  readonly RESOLUTION: 1;
  /** Components lose bits. */
  readonly DEPTH: 2;
  /** The colour space changes. */
  readonly COLORSPACE: 4;
  /** Alpha is dropped. */
  readonly ALPHA: 8;
  /** Colours are forced into a palette. */
  readonly COLORQUANT: 16;
  /** Colour becomes grey. */
  readonly CHROMA: 32;
  /** Chroma becomes finer than it was; since libavutil 58. */
  readonly EXCESS_RESOLUTION: 64;
  /** Components get bits that they do not need; since libavutil 58. */
  readonly EXCESS_DEPTH: 128;
} = {
  RESOLUTION: 1,
  DEPTH: 2,
  COLORSPACE: 4,
  ALPHA: 8,
  COLORQUANT: 16,
  CHROMA: 32,
  EXCESS_RESOLUTION: 64,
  EXCESS_DEPTH: 128,
};
