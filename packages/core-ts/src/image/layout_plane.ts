import type { PlaneLayout } from "@mediamem/interface";
import { rowBytesOfAny } from "./linesize.ts";
import type { FormatRecord } from "./record.ts";

/** The bytes of a palette: 256 colours of 4. */
export const PALETTE_BYTES = 1024;

/** What a C `int` holds, the limit of FFmpeg's sizes and of every linesize. */
export const INT_MAX = 2147483647;

/** `n / 2^shift`, rounded up. */
export function ceilShift(n: number, shift: number): number {
  return (n + (1 << shift) - 1) >>> shift;
}

/** `n` rounded up to a multiple of `align`. */
export function roundUp(n: number, align: number): number {
  return Math.ceil(n / align) * align;
}

/** Bytes of one row of a plane without any rounding; infinite where an `int` cannot hold them. */
export function rowBytesOf(record: FormatRecord, width: number, plane: number): number {
  const bytes = rowBytesOfAny(width, record.step[plane]!, record.shiftW[plane]!, record.bitShift);
  return bytes < 0 ? Infinity : bytes;
}

/** Rows of a plane. */
export function rowsOf(record: FormatRecord, height: number, plane: number): number {
  return ceilShift(height, record.shiftH[plane]!);
}

/** How many planes a layout of the format has, the palette counted. */
export function planeCount(record: FormatRecord): number {
  return record.palette ? 2 : record.planes;
}

/** True for the plane that holds the palette. */
export function isPalette(record: FormatRecord, plane: number): boolean {
  return record.palette && plane === 1;
}

/** Makes the layout of one plane. */
export function planeLayout(
  plane: number,
  offset: number,
  linesize: number,
  rowBytes: number,
  rows: number,
): PlaneLayout {
  const stride = linesize < 0 ? -linesize : linesize;
  return { plane, offset, linesize, rowBytes, rows, extent: rows === 0 ? 0 : stride * (rows - 1) + rowBytes };
}

/** Makes the layout of a palette as FFmpeg sees it: one row that no linesize leads away from. */
export function paletteLayout(offset: number): PlaneLayout {
  return planeLayout(1, offset, 0, PALETTE_BYTES, 1);
}
