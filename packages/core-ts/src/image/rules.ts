import type {
  AvutilMajor,
  FfmpegFrameRules,
  FfmpegRules,
  GstreamerRules,
  GstVideoAlignment,
  WebcodecsRules,
  WebgpuRules,
} from "@mediamem/interface";
import { checkRules } from "@mediamem/checks";

/**
 * The rule set of `av_image_fill_arrays`: rows rounded up to `align` bytes, planes one after the other.
 *
 * @param align Power of two; 1 packs the rows. Anything else is an `EINVAL`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ffmpeg, imageLayout } from "@mediamem/core-ts/image";
 *
 * assertEquals(imageLayout("yuv420p", 99, 51, ffmpeg(32)).planes.map((plane) => plane.linesize), [128, 64, 64]);
 * ```
 */
export function ffmpeg(align = 1): FfmpegRules {
  return checked({ name: "ffmpeg", align });
}

/**
 * The rule set of `av_frame_get_buffer`: what a decoder, a filter or the caller of that function gets.
 *
 * From libavutil 60 on the planes behind the first start at a multiple of `align`, as addresses. The layout holds where the first
 * plane is such a multiple too, which the library sees to up to its build alignment only.
 *
 * @param align 0 lets the library choose; otherwise a power of two. Anything else is an `EINVAL`.
 * @param major The major whose arithmetic is meant; undefined: 60, the newest. 56 is FFmpeg 4.4, 59 is FFmpeg 7.1.
 * @param buildAlign Bytes that the library was built to align for; undefined: 64.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ffmpegFrame, imageLayout } from "@mediamem/core-ts/image";
 *
 * const layout = imageLayout("yuv420p", 1920, 1080, ffmpegFrame(0, 57));
 * assertEquals(layout.size, 3133568);
 * assertEquals(layout.planes[1]!.offset, 2088992);
 * ```
 */
export function ffmpegFrame(align = 0, major?: AvutilMajor, buildAlign?: 32 | 64): FfmpegFrameRules {
  return checked({
    name: "ffmpegFrame",
    align,
    ...(major === undefined ? {} : { major }),
    ...(buildAlign === undefined ? {} : { buildAlign }),
  });
}

/**
 * The rule set of `gst_video_info_set_format` for progressive video, and of `gst_video_info_align` where an alignment is given.
 *
 * @param alignment Padding in pixels and masks for the strides; what is left out is 0. A mask that is not a power of two
 * minus 1 is an `EINVAL`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gstreamer, imageLayout } from "@mediamem/core-ts/image";
 *
 * assertEquals(imageLayout("rgb24", 321, 1, gstreamer()).planes[0]!.linesize, 964);
 * const padded = imageLayout("rgb24", 321, 1, gstreamer({ strideAlign: [15, 15, 15, 15] }));
 * assertEquals(padded.planes[0]!.linesize, 1008);
 * ```
 */
export function gstreamer(alignment?: Partial<GstVideoAlignment>): GstreamerRules {
  if (alignment === undefined) return { name: "gstreamer" };
  return checked({
    name: "gstreamer",
    alignment: {
      paddingTop: 0,
      paddingBottom: 0,
      paddingLeft: 0,
      paddingRight: 0,
      strideAlign: [0, 0, 0, 0],
      ...alignment,
    },
  });
}

/**
 * The rule set of `VideoFrame.copyTo`: packed, and an odd width loses its last chroma column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageLayout, webcodecs } from "@mediamem/core-ts/image";
 *
 * assertEquals(imageLayout("yuv420p", 99, 51, webcodecs).planes.map((plane) => plane.rowBytes), [99, 49, 49]);
 * ```
 */
export const webcodecs: WebcodecsRules = Object.freeze({ name: "webcodecs" });

/**
 * The rule set of buffers that WebGPU copies to or from a texture: `bytesPerRow` is a multiple of `align`.
 *
 * @param align 256 as WebGPU demands, or a positive multiple of it. Anything else is an `EINVAL`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageLayout, webgpu } from "@mediamem/core-ts/image";
 *
 * assertEquals(imageLayout("rgba", 10, 10, webgpu()).size, 2560);
 * ```
 */
export function webgpu(align = 256): WebgpuRules {
  return checked({ name: "webgpu", align });
}

function checked<T extends Parameters<typeof checkRules>[0]>(rules: T): T {
  checkRules(rules);
  return rules;
}
