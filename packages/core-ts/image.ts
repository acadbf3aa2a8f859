/**
 * Pixel formats and picture layout in TypeScript: what `libavutil/imgutils.h` and `libavutil/pixdesc.h` compute.
 *
 * @module
 */
export { allocImage } from "./src/image/alloc_image.ts";
export { bufferSize } from "./src/image/buffer_size.ts";
export { checkSar, checkSize, checkSize2 } from "./src/image/check_size.ts";
export { convertLayout, copyTight } from "./src/image/convert_layout.ts";
export { copyImage, copyImageUcFrom } from "./src/image/copy_image.ts";
export { copyPlane, copyPlaneUcFrom } from "./src/image/copy_plane.ts";
export { copyToBuffer } from "./src/image/copy_to_buffer.ts";
export { cropLayout, type CropRectangle } from "./src/image/crop_layout.ts";
export { fillArrays, fillPointers } from "./src/image/fill_arrays.ts";
export { fillBlack } from "./src/image/fill_black.ts";
export { fillColor } from "./src/image/fill_color.ts";
export { GSTREAMER_FORMATS } from "./src/image/gstreamer_twins.ts";
export { readImageLine, writeImageLine } from "./src/image/image_line.ts";
export { imageLayout } from "./src/image/layout.ts";
export { customLayout } from "./src/image/layout_custom.ts";
export { flipLayout } from "./src/image/layout_flip.ts";
export { planeRows, planesOf } from "./src/image/layout_memory.ts";
export { fillMaxPixsteps, linesize, linesizes } from "./src/image/linesize.ts";
export { findBestPixFmtOf2, findBestPixFmtOfList, pixFmtLoss } from "./src/image/loss.ts";
export {
  bitsPerPixel,
  chromaSubSample,
  countPlanes,
  paddedBitsPerPixel,
  swapEndianness,
} from "./src/image/pixel_bits.ts";
export {
  pixelFormat,
  pixelFormatByNumber,
  pixelFormatDescriptorIn,
  pixelFormatMajors,
  pixelFormatNumber,
  pixelFormats,
} from "./src/image/pixel_format.ts";
export { planeSizes } from "./src/image/plane_sizes.ts";
export { ffmpeg, ffmpegFrame, gstreamer, webcodecs, webgpu } from "./src/image/rules.ts";
export { WEBCODECS_FORMATS } from "./src/image/webcodecs_layout.ts";
