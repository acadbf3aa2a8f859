import type { PixelFormatName } from "@mediamem/interface";
import { findFormat } from "./record.ts";

/**
 * The `GstVideoFormat` with the same bytes, for each pixel format that has one.
 *
 * GStreamer says the range of the values elsewhere, so `yuv420p` and `yuvj420p` share a twin.
 */
export const GSTREAMER_FORMATS: Readonly<Partial<Record<PixelFormatName, string>>> = {
  yuv420p: "I420",
  yuvj420p: "I420",
  yuv422p: "Y42B",
  yuvj422p: "Y42B",
  yuv444p: "Y444",
  yuvj444p: "Y444",
  yuv411p: "Y41B",
  yuvj411p: "Y41B",
  yuv410p: "YUV9",
  yuva420p: "A420",
  yuyv422: "YUY2",
  uyvy422: "UYVY",
  yvyu422: "YVYU",
  uyyvyy411: "IYU1",
  ayuv: "AYUV",
  ayuv64le: "AYUV64",
  vuya: "VUYA",
  vuyx: "VUYA",
  rgb24: "RGB",
  bgr24: "BGR",
  rgb0: "RGBx",
  bgr0: "BGRx",
  "0rgb": "xRGB",
  "0bgr": "xBGR",
  rgba: "RGBA",
  bgra: "BGRA",
  argb: "ARGB",
  abgr: "ABGR",
  rgb565le: "RGB16",
  bgr565le: "BGR16",
  rgb555le: "RGB15",
  bgr555le: "BGR15",
  x2rgb10le: "BGR10A2_LE",
  x2bgr10le: "RGB10A2_LE",
  rgba64le: "RGBA64_LE",
  rgba64be: "RGBA64_BE",
  bgra64le: "BGRA64_LE",
  bgra64be: "BGRA64_BE",
  gray: "GRAY8",
  gray10le: "GRAY10_LE16",
  gray16le: "GRAY16_LE",
  gray16be: "GRAY16_BE",
  pal8: "RGB8P",
  nv12: "NV12",
  nv21: "NV21",
  nv16: "NV16",
  nv24: "NV24",
  p010le: "P010_10LE",
  p010be: "P010_10BE",
  p012le: "P012_LE",
  p012be: "P012_BE",
  p016le: "P016_LE",
  p016be: "P016_BE",
  y210le: "Y210",
  y212le: "Y212_LE",
  y212be: "Y212_BE",
  xv30le: "Y410",
  xv36le: "Y412_LE",
  xv36be: "Y412_BE",
  yuv420p10le: "I420_10LE",
  yuv420p10be: "I420_10BE",
  yuv420p12le: "I420_12LE",
  yuv420p12be: "I420_12BE",
  yuv422p10le: "I422_10LE",
  yuv422p10be: "I422_10BE",
  yuv422p12le: "I422_12LE",
  yuv422p12be: "I422_12BE",
  yuv444p10le: "Y444_10LE",
  yuv444p10be: "Y444_10BE",
  yuv444p12le: "Y444_12LE",
  yuv444p12be: "Y444_12BE",
  yuv444p16le: "Y444_16LE",
  yuv444p16be: "Y444_16BE",
  yuva420p10le: "A420_10LE",
  yuva420p10be: "A420_10BE",
  yuva422p10le: "A422_10LE",
  yuva422p10be: "A422_10BE",
  yuva444p10le: "A444_10LE",
  yuva444p10be: "A444_10BE",
  gbrp: "GBR",
  gbrp10le: "GBR_10LE",
  gbrp10be: "GBR_10BE",
  gbrp12le: "GBR_12LE",
  gbrp12be: "GBR_12BE",
  gbrap: "GBRA",
  gbrap10le: "GBRA_10LE",
  gbrap10be: "GBRA_10BE",
  gbrap12le: "GBRA_12LE",
  gbrap12be: "GBRA_12BE",
};

/** What `GstVideoFormatInfo` says of a twin, as far as its layout asks. */
export interface GstreamerTwin {
  /** True where every plane is as high as an even picture's would be. */
  readonly evenRows: boolean;
  /** Bits of all components together in whole bytes: what the guard against large pictures counts with. */
  readonly pixelBytes: number;
  /** `pixel_stride` of the first component on each plane. */
  readonly pixelStride: readonly number[];
  /** Its `w_sub`. */
  readonly subW: readonly number[];
  /** Its `h_sub`. */
  readonly subH: readonly number[];
}

/** Where GStreamer counts a palette entry or an alpha that FFmpeg does not. */
const PIXEL_BYTES: Readonly<Record<string, number>> = { RGB8P: 5, VUYA: 4, Y412_LE: 6, Y412_BE: 6 };

function twin(format: PixelFormatName, name: string): GstreamerTwin {
  const { comp, log2ChromaW, log2ChromaH, nbComponents } =
    findFormat("gst_video_format_get_info", format).descriptor;
  const content = comp.slice(0, nbComponents);
  const depth = content.reduce((sum, component) => sum + component.depth, 0);
  const first = [0, 1, 2, 3].map((plane) => content.findIndex((component) => component.plane === plane));
  const isChroma = (c: number): boolean => c === 1 || c === 2;
  return {
    // 4:2:0 of any depth, and planar 4:2:2 where a sample is two bytes.
    evenRows: log2ChromaH === 1 || (log2ChromaW === 1 && first[2]! >= 0 && comp[0].depth > 8),
    pixelBytes: PIXEL_BYTES[name] ?? Math.ceil(depth / 8),
    // IYU1 packs four pixels in six bytes and has no pixel stride.
    pixelStride: first.map((c) => (c < 0 || name === "IYU1" ? 0 : comp[c]!.step)),
    subW: first.map((c) => (isChroma(c) ? log2ChromaW : 0)),
    subH: first.map((c) => (isChroma(c) ? log2ChromaH : 0)),
  };
}

const twins: ReadonlyMap<string, GstreamerTwin> = new Map(
  Object.entries(GSTREAMER_FORMATS).map(([format, name]) => [format, twin(format as PixelFormatName, name)]),
);

/** What GStreamer says of the twin of a pixel format; undefined where there is none. */
export function gstreamerTwin(format: PixelFormatName): GstreamerTwin | undefined {
  return twins.get(format);
}
