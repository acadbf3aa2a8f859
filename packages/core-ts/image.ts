/**
 * Pixel formats and picture layout in TypeScript: what `libavutil/imgutils.h` and `libavutil/pixdesc.h` compute.
 *
 * @module
 */
export { cropLayout, type CropRectangle } from "./src/image/crop_layout.ts";
export { GSTREAMER_FORMATS } from "./src/image/gstreamer_twins.ts";
export { imageLayout } from "./src/image/layout.ts";
export { customLayout } from "./src/image/layout_custom.ts";
export { flipLayout } from "./src/image/layout_flip.ts";
export { planeRows, planesOf } from "./src/image/layout_memory.ts";
export { ffmpeg, ffmpegFrame, gstreamer, webcodecs, webgpu } from "./src/image/rules.ts";
export { WEBCODECS_FORMATS } from "./src/image/webcodecs_layout.ts";
