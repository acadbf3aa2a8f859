import type { Backend, ImageLayout, PixelFormatName, RuleSet } from "@mediamem/interface";
import { imageOf } from "./point.ts";

/** One odd-sized picture under each rule set, then formats whose planes lie in other ways. */
const DRAWN: readonly (readonly [PixelFormatName, number, number, RuleSet])[] = [
  ["yuv420p", 99, 51, { name: "ffmpeg", align: 1 }],
  ["yuv420p", 99, 51, { name: "ffmpeg", align: 32 }],
  ["yuv420p", 99, 51, { name: "ffmpegFrame", align: 0 }],
  ["yuv420p", 99, 51, { name: "gstreamer" }],
  ["yuv420p", 99, 51, { name: "webcodecs" }],
  ["yuv420p", 99, 51, { name: "webgpu", align: 256 }],
  ["nv12", 99, 51, { name: "ffmpeg", align: 16 }],
  ["rgb24", 99, 51, { name: "ffmpeg", align: 16 }],
  ["pal8", 99, 51, { name: "ffmpeg", align: 16 }],
];

/** The layouts that a report shows, as the backend gives them. */
export function overview(backend: Backend): readonly ImageLayout[] {
  return DRAWN.map(([format, width, height, rules]) =>
    imageOf(backend).imageLayout(format, width, height, rules)
  );
}
