import type { ImageLayout, PixelFormatName, RuleSet } from "@mediamem/interface";
import { checkInt, checkRules, invalid } from "@mediamem/checks";
import { ffmpegLayout } from "./layout_ffmpeg.ts";
import { frameLayout } from "./frame_layout.ts";
import { gstreamerLayout } from "./gstreamer_layout.ts";
import { findFormat } from "./record.ts";
import { webcodecsLayout } from "./webcodecs_layout.ts";
import { webgpuLayout } from "./webgpu_layout.ts";

/**
 * Works out the layout of a picture under a rule set.
 *
 * The answer names its rule set: one picture has many right layouts, and code that mixes two of them shows skewed pictures or
 * reads past its memory. Offsets count from the start of the picture's memory.
 *
 * Throws `EINVAL` for an unknown format, a size that is not at least 1 x 1, and a picture beyond the limit of the rule set;
 * `ENOSYS` for a format that the rule set has no answer for (a GStreamer layout of `bayer_bggr8`); `TypeError` for sizes that
 * are no integers and for what is no rule set. C: `av_image_fill_arrays`, `av_frame_get_buffer`, `gst_video_info_set_format`,
 * `gst_video_info_align`.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels.
 * @param rules Made by `ffmpeg()`, `ffmpegFrame()`, `gstreamer()`, `webgpu()`, or `webcodecs`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ffmpeg, gstreamer, imageLayout, webcodecs } from "@mediamem/core-ts/image";
 *
 * assertEquals(imageLayout("yuv420p", 99, 51, ffmpeg(1)).size, 7649);
 * assertEquals(imageLayout("yuv420p", 99, 51, gstreamer()).size, 7904);
 * assertEquals(imageLayout("yuv420p", 99, 51, webcodecs).size, 7597);
 * assertEquals(imageLayout("nv12", 99, 51, ffmpeg(1)).planes[1], {
 *   plane: 1,
 *   offset: 5049,
 *   linesize: 100,
 *   rowBytes: 100,
 *   rows: 26,
 *   extent: 2600,
 * });
 * ```
 */
export function imageLayout(
  format: PixelFormatName,
  width: number,
  height: number,
  rules: RuleSet,
): ImageLayout {
  const op = checkRules(rules);
  const record = findFormat(op, format);
  checkInt(op, "width", width);
  checkInt(op, "height", height);
  if (width <= 0 || height <= 0) {
    invalid(op, `Cannot lay out ${record.name}: the picture is ${width}x${height}, wanted at least 1x1`);
  }
  switch (rules.name) {
    case "ffmpeg":
      return ffmpegLayout(op, record, width, height, rules);
    case "ffmpegFrame":
      return frameLayout(op, record, width, height, rules);
    case "gstreamer":
      return gstreamerLayout(op, record, width, height, rules);
    case "webcodecs":
      return webcodecsLayout(op, record, width, height, rules);
    case "webgpu":
      return webgpuLayout(op, record, width, height, rules);
    case "custom":
      invalid(op, `Cannot lay out ${record.name}: the rules are custom, wanted ones that give numbers`);
  }
}
