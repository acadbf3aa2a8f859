import type { ImageLayout, PixelFormatName, PlaneLayout, WebcodecsRules } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { checkLinesize, tooLarge } from "./layout_limits.ts";
import { planeLayout, rowsOf } from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";

/** The `VideoPixelFormat` of each pixel format that has one. */
export const WEBCODECS_FORMATS: Readonly<Partial<Record<PixelFormatName, string>>> = {
  yuv420p: "I420",
  yuvj420p: "I420",
  yuv420p10le: "I420P10",
  yuv420p12le: "I420P12",
  yuva420p: "I420A",
  yuva420p10le: "I420AP10",
  yuv422p: "I422",
  yuvj422p: "I422",
  yuv422p10le: "I422P10",
  yuv422p12le: "I422P12",
  yuva422p: "I422A",
  yuva422p10le: "I422AP10",
  yuva422p12le: "I422AP12",
  yuv444p: "I444",
  yuvj444p: "I444",
  yuv444p10le: "I444P10",
  yuv444p12le: "I444P12",
  yuva444p: "I444A",
  yuva444p10le: "I444AP10",
  yuva444p12le: "I444AP12",
  nv12: "NV12",
  rgba: "RGBA",
  rgb0: "RGBX",
  bgra: "BGRA",
  bgr0: "BGRX",
};

/** What an `unsigned long` of Web IDL holds, the limit of the standard. */
const UNSIGNED_LONG_MAX = 4294967295;

/** The layout that `VideoFrame.copyTo` computes where the caller asks for none. */
export function webcodecsLayout(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  rules: WebcodecsRules,
): ImageLayout {
  if (WEBCODECS_FORMATS[record.name] === undefined) {
    throw new MediaError(
      "ENOSYS",
      `Cannot lay out ${record.name}: WebCodecs has no such format, wanted one with a VideoPixelFormat`,
      { op },
    );
  }
  const planes: PlaneLayout[] = [];
  let size = 0;
  for (let plane = 0; plane < record.planes; plane++) {
    // The standard divides the width and drops the rest, but rounds the height up.
    const rowBytes = record.step[plane]! * (width >> record.shiftW[plane]!);
    const rows = rowsOf(record, height, plane);
    checkLinesize(op, record, width, height, rowBytes);
    planes.push(planeLayout(plane, size, rowBytes, rowBytes, rows));
    size += rowBytes * rows;
  }
  if (size > UNSIGNED_LONG_MAX) {
    tooLarge(
      op,
      record,
      width,
      height,
      `${size} bytes`,
      `at most ${UNSIGNED_LONG_MAX}, what WebCodecs counts`,
    );
  }
  return { format: record.name, width, height, rules, size, planes };
}
