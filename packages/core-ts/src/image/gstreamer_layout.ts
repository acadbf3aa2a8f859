import type { GstreamerRules, GstVideoAlignment, ImageLayout, PlaneLayout } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import type { GstreamerTwin } from "./gstreamer_twins.ts";
import { gstreamerTwin } from "./gstreamer_twins.ts";
import { checkLinesize, tooLarge } from "./layout_limits.ts";
import {
  ceilShift,
  INT_MAX,
  PALETTE_BYTES,
  planeLayout,
  roundUp,
  rowBytesOf,
  rowsOf,
} from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";

const NO_ALIGNMENT: GstVideoAlignment = {
  paddingTop: 0,
  paddingBottom: 0,
  paddingLeft: 0,
  paddingRight: 0,
  strideAlign: [0, 0, 0, 0],
};

/** What `gst_video_info_set_format` answers for progressive video, and `gst_video_info_align` after it. */
export function gstreamerLayout(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  rules: GstreamerRules,
): ImageLayout {
  const twin = gstreamerTwin(record.name);
  if (twin === undefined) {
    throw new MediaError(
      "ENOSYS",
      `Cannot lay out ${record.name}: GStreamer has no format with the same bytes, wanted one with a GstVideoFormat`,
      { op },
    );
  }
  const alignment = rules.alignment ?? NO_ALIGNMENT;
  const left = alignedLeft(op, record, twin, alignment);
  const top = alignment.paddingTop;
  const paddedHeight = height + top + alignment.paddingBottom;
  const paddedWidth = alignedWidth(
    op,
    record,
    twin,
    width + left + alignment.paddingRight,
    paddedHeight,
    alignment,
  );
  const storedHeight = twin.evenRows ? roundUp(paddedHeight, 2) : paddedHeight;

  const planes: PlaneLayout[] = [];
  let size = 0;
  for (let plane = 0; plane < record.planes; plane++) {
    const linesize = strideOf(record, paddedWidth, plane);
    const storedRows = rowsOf(record, storedHeight, plane);
    const rowBytes = rowBytesOf(record, width, plane);
    const rows = rowsOf(record, height, plane);
    const leftBytes = ceilShift(left, twin.subW[plane]!) * twin.pixelStride[plane]!;
    const topRows = ceilShift(top, twin.subH[plane]!);
    // An odd padding moves the chroma by a sample more than there is room for, and the library says nothing.
    if (leftBytes + rowBytes > linesize || topRows + rows > storedRows) {
      invalid(
        op,
        `Cannot lay out ${record.name}: padding of ${left} columns and ${top} rows pushes plane ${plane} out of its ` +
          `place, wanted multiples of ${1 << record.descriptor.log2ChromaW} and ${
            1 << record.descriptor.log2ChromaH
          }`,
      );
    }
    planes.push(planeLayout(plane, size + topRows * linesize + leftBytes, linesize, rowBytes, rows));
    size += linesize * storedRows;
  }
  if (record.palette) {
    planes.push(planeLayout(1, size, 4, 4, PALETTE_BYTES / 4));
    size += PALETTE_BYTES;
  }
  return { format: record.name, width, height, rules, size, planes };
}

/** Every stride is a row rounded up to 4 bytes. */
function strideOf(record: FormatRecord, width: number, plane: number): number {
  return roundUp(rowBytesOf(record, width, plane), 4);
}

/** The lowest bit that is set. */
function lowestBit(n: number): number {
  return (n & -n) >>> 0;
}

/** The left padding, made larger until the first pixel of every plane is aligned. */
function alignedLeft(
  op: string,
  record: FormatRecord,
  twin: GstreamerTwin,
  alignment: GstVideoAlignment,
): number {
  let left = alignment.paddingLeft;
  while (!leftIsAligned(twin, left, alignment)) {
    left += lowestBit(left);
    if (left > INT_MAX) tooLarge(op, record, left, 1, `a padding of ${left} columns`, `at most ${INT_MAX}`);
  }
  return left;
}

function leftIsAligned(twin: GstreamerTwin, left: number, alignment: GstVideoAlignment): boolean {
  for (let plane = 0; plane < 4; plane++) {
    const bytes = ceilShift(left, twin.subW[plane]!) * twin.pixelStride[plane]!;
    if ((bytes & alignment.strideAlign[plane]!) !== 0) return false;
  }
  return true;
}

/** The width with its padding, made larger until every stride is aligned. */
function alignedWidth(
  op: string,
  record: FormatRecord,
  twin: GstreamerTwin,
  paddedWidth: number,
  paddedHeight: number,
  alignment: GstVideoAlignment,
): number {
  for (let width = paddedWidth;; width += lowestBit(width)) {
    checkGuard(op, record, twin, width, paddedHeight);
    if (stridesAreAligned(record, width, alignment)) return width;
  }
}

function stridesAreAligned(record: FormatRecord, width: number, alignment: GstVideoAlignment): boolean {
  // The palette has a stride too, which the library leaves out.
  for (let plane = 0; plane < record.planes; plane++) {
    if ((strideOf(record, width, plane) & alignment.strideAlign[plane]!) !== 0) return false;
  }
  return true;
}

/** Refuses what the library refuses, and the few strides beyond an `int` that it would let wrap. */
function checkGuard(
  op: string,
  record: FormatRecord,
  twin: GstreamerTwin,
  width: number,
  height: number,
): void {
  const limit = Math.floor(4294967295 / twin.pixelBytes);
  const pixels = roundUp(width, 128) * height;
  if (width > INT_MAX || height > INT_MAX || pixels >= limit) {
    tooLarge(
      op,
      record,
      width,
      height,
      `${pixels} pixels in rows of a multiple of 128`,
      `less than ${limit}`,
    );
  }
  for (let plane = 0; plane < record.planes; plane++) {
    checkLinesize(op, record, width, height, strideOf(record, width, plane));
  }
}
