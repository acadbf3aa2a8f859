import type { FfmpegRules, ImageLayout, PlaneLayout } from "@mediamem/interface";
import { checkFfmpegPicture, tooLarge } from "./layout_limits.ts";
import {
  INT_MAX,
  PALETTE_BYTES,
  paletteLayout,
  planeLayout,
  roundUp,
  rowBytesOf,
  rowsOf,
} from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";

/** What `av_image_fill_arrays` answers. */
export function ffmpegLayout(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  rules: FfmpegRules,
): ImageLayout {
  checkFfmpegPicture(op, record, width, height);
  const planes: PlaneLayout[] = [];
  let size = 0;
  for (let plane = 0; plane < record.planes; plane++) {
    const rowBytes = rowBytesOf(record, width, plane);
    const rows = rowsOf(record, height, plane);
    const linesize = roundUp(rowBytes, rules.align);
    planes.push(planeLayout(plane, size, linesize, rowBytes, rows));
    size += linesize * rows;
  }
  if (record.palette) {
    planes.push(paletteLayout(size));
    size += PALETTE_BYTES;
  }
  if (size > INT_MAX) {
    tooLarge(op, record, width, height, `${size} bytes`, `at most ${INT_MAX}, what an int holds`);
  }
  return { format: record.name, width, height, rules, size, planes };
}
