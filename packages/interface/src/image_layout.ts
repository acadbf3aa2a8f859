import type { AvutilMajor } from "./pixel_format.ts";
import type { PixelFormatName } from "./pixel_format_name.gen.ts";

/** `av_image_fill_arrays`: rows rounded up to `align` bytes, planes one after the other. */
export interface FfmpegRules {
  /** Tells the rule sets apart. */
  readonly name: "ffmpeg";
  /** Power of two; 1 packs the rows. */
  readonly align: number;
}

/** `av_frame_get_buffer`: what a decoder or a filter hands out, with padding below and between the planes. */
export interface FfmpegFrameRules {
  /** Tells the rule sets apart. */
  readonly name: "ffmpegFrame";
  /** 0 lets the library choose; otherwise a power of two. */
  readonly align: number;
  /** The major whose arithmetic is meant; undefined: the backend's own, the newest in `core-ts`. */
  readonly major?: AvutilMajor;
  /**
   * Bytes that the library was built to align for: 64 (undefined) where it may use AVX-512, else 32, as on ARM.
   * It counts from FFmpeg 7.1 on; 32 with major 59 is FFmpeg 7.0.
   */
  readonly buildAlign?: 32 | 64;
}

/** `GstVideoAlignment`: padding in pixels around the picture, and masks (alignment - 1) for the strides. */
export interface GstVideoAlignment {
  /** Rows above the picture. */
  readonly paddingTop: number;
  /** Rows below the picture. */
  readonly paddingBottom: number;
  /** Pixels left of the picture. */
  readonly paddingLeft: number;
  /** Pixels right of the picture. */
  readonly paddingRight: number;
  /** Per plane, the bits of the stride that must be 0: 15 for strides of whole 16 bytes. */
  readonly strideAlign: readonly [number, number, number, number];
}

/** `gst_video_info_set_format`, and `gst_video_info_align` where an alignment is given. */
export interface GstreamerRules {
  /** Tells the rule sets apart. */
  readonly name: "gstreamer";
  /** Padding and stride alignment; none where it is missing. */
  readonly alignment?: GstVideoAlignment;
}

/** The layout that `VideoFrame.copyTo` writes: packed, and an odd width loses its last chroma column. */
export interface WebcodecsRules {
  /** Tells the rule sets apart. */
  readonly name: "webcodecs";
}

/** Rows of a buffer that WebGPU copies to or from a texture: `bytesPerRow` is a multiple of `align`. */
export interface WebgpuRules {
  /** Tells the rule sets apart. */
  readonly name: "webgpu";
  /** 256 as WebGPU demands, or a multiple of it. */
  readonly align: number;
}

/** A layout that followed from another one (crop, flip) or that the caller put together. */
export interface CustomRules {
  /** Tells the rule sets apart. */
  readonly name: "custom";
}

/** Which of the many right answers a layout is. */
export type RuleSet =
  | FfmpegRules
  | FfmpegFrameRules
  | GstreamerRules
  | WebcodecsRules
  | WebgpuRules
  | CustomRules;

/** Where one plane lies in the picture's memory. All numbers are bytes, `rows` aside. */
export interface PlaneLayout {
  /** Index of the plane, 0 to 3. */
  readonly plane: number;
  /** Distance from the start of the memory to the first byte of the top row. */
  readonly offset: number;
  /** Distance from one row to the row below; negative where the picture is stored bottom up. */
  readonly linesize: number;
  /** Bytes of a row that carry the picture. */
  readonly rowBytes: number;
  /** How many rows the plane has. */
  readonly rows: number;
  /** `|linesize| * (rows - 1) + rowBytes`: the bytes from the lowest to the highest that the plane touches. */
  readonly extent: number;
}

/** A picture's layout as a value: plain data, safe to keep, compare and send. */
export interface ImageLayout {
  /** The canonical name of the pixel format. */
  readonly format: PixelFormatName;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** The rule set that gave these numbers. */
  readonly rules: RuleSet;
  /** Bytes that the memory of the picture must have under that rule set. */
  readonly size: number;
  /** One to four planes; a palette is plane 1. */
  readonly planes: readonly PlaneLayout[];
}
