import type { ImageLayout, PlaneLayout, WebgpuRules } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { checkLinesize, tooLarge } from "./layout_limits.ts";
import { planeLayout, roundUp, rowBytesOf, rowsOf } from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";

/** Rows of whole multiples of `align`, planes one after the other: every plane is a legal source of `copyBufferToTexture`. */
export function webgpuLayout(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  rules: WebgpuRules,
): ImageLayout {
  if (record.hwaccel || record.bitstream || record.palette) {
    const found = record.hwaccel
      ? "its pixels are on a device"
      : record.palette
      ? "its colours are in a palette"
      : "its pixels are no whole bytes";
    throw new MediaError(
      "ENOSYS",
      `Cannot lay out ${record.name}: ${found}, wanted a format that a texture can take`,
      { op },
    );
  }
  const planes: PlaneLayout[] = [];
  let size = 0;
  for (let plane = 0; plane < record.planes; plane++) {
    const rowBytes = rowBytesOf(record, width, plane);
    const rows = rowsOf(record, height, plane);
    const linesize = roundUp(rowBytes, rules.align);
    checkLinesize(op, record, width, height, linesize);
    planes.push(planeLayout(plane, size, linesize, rowBytes, rows));
    size += linesize * rows;
  }
  if (size > Number.MAX_SAFE_INTEGER) {
    tooLarge(op, record, width, height, `${size} bytes`, `at most ${Number.MAX_SAFE_INTEGER}`);
  }
  return { format: record.name, width, height, rules, size, planes };
}
