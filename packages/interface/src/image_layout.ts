import type { AvutilMajor } from "./pixel_format.ts";
import type { PixelFormatName } from "./pixel_format_name.gen.ts";

/** `av_image_fill_arrays`: rows rounded up to `align` bytes, planes one after the other. */
export interface FfmpegRules {
  readonly name: "ffmpeg";
  /** Power of two; 1 packs the rows. */
  readonly align: number;
}

/** `av_frame_get_buffer`: what a decoder or a filter hands out, with padding below and between the planes. */
export interface FfmpegFrameRules {
  readonly name: "ffmpegFrame";
  /** 0 lets the library choose; otherwise a power of two. */
  readonly align: number;
  /** The major whose arithmetic is meant; undefined: the backend's own, the newest in `core-ts`. */
  readonly major?: AvutilMajor;
}

/** `GstVideoAlignment`: padding in pixels around the picture, and masks (alignment - 1) for the strides. */
export interface GstVideoAlignment {
  readonly paddingTop: number;
  readonly paddingBottom: number;
  readonly paddingLeft: number;
  readonly paddingRight: number;
  readonly strideAlign: readonly [number, number, number, number];
}

/** `gst_video_info_set_format`, and `gst_video_info_align` where an alignment is given. */
export interface GstreamerRules {
  readonly name: "gstreamer";
  readonly alignment?: GstVideoAlignment;
}

/** The layout that `VideoFrame.copyTo` writes: packed, and an odd width loses its last chroma column. */
export interface WebcodecsRules {
  readonly name: "webcodecs";
}

/** Rows of a buffer that WebGPU copies to or from a texture: `bytesPerRow` is a multiple of `align`. */
export interface WebgpuRules {
  readonly name: "webgpu";
  /** 256 as WebGPU demands, or a multiple of it. */
  readonly align: number;
}

/** A layout that followed from another one (crop, flip) or that the caller put together. */
export interface CustomRules {
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
  readonly format: PixelFormatName;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** The rule set that gave these numbers. */
  readonly rules: RuleSet;
  /** Bytes that the memory of the picture must have under that rule set. */
  readonly size: number;
  readonly planes: readonly PlaneLayout[];
}
