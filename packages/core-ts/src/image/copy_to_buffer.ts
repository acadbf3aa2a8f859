import type { PixelFormatName, Plane, Planes } from "@mediamem/interface";
import {
  checkBytes,
  checkExtent,
  checkInt,
  checkPalette,
  checkPlanes,
  checkRange,
  checkRowsApart,
} from "@mediamem/checks";
import { alignUp, bufferSizeOf } from "./buffer_size.ts";
import { copyRows, rowCount } from "./copy_rows.ts";
import { linesizesOf } from "./linesize.ts";
import { findFormat } from "./record.ts";

const OP = "av_image_copy_to_buffer";
const PALETTE_BYTES = 1024;

/**
 * Copies a picture into one buffer, its planes one after the other with rows rounded up to `align`; gives the bytes of it.
 *
 * The padding at the end of the rows is not written. Throws `EINVAL` where `bufferSize` does, for a buffer that is too small, a
 * missing palette and planes outside their memory, `OVERLAP` where a row and its copy share bytes; nothing is written then.
 * C: `av_image_copy_to_buffer`.
 *
 * @param dst The buffer, at least `bufferSize` bytes.
 * @param src The picture, as many planes as the format has.
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels.
 * @param align Power of two; 1 packs the rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { copyToBuffer } from "@mediamem/core-ts/image";
 *
 * const src = [{ memory: Uint8Array.of(1, 2, 3, 4, 5, 6), offset: 0, linesize: 3 }];
 * const dst = new Uint8Array(8);
 * assertEquals(copyToBuffer(dst, src, "gray", 3, 2, 4), 8);
 * assertEquals([...dst], [1, 2, 3, 0, 4, 5, 6, 0]);
 * ```
 */
export function copyToBuffer(
  dst: Uint8Array,
  src: Planes,
  format: PixelFormatName,
  width: number,
  height: number,
  align: number,
): number {
  const record = findFormat(OP, format);
  checkInt(OP, "width", width);
  checkInt(OP, "height", height);
  checkInt(OP, "align", align);
  checkBytes(OP, "dst", dst);
  const { planes, shiftH } = record;
  checkPlanes(OP, "src", src, planes);
  const size = bufferSizeOf(OP, record, width, height, align);
  checkRange(OP, "dst", dst, 0, size);
  const bytes = linesizesOf(OP, record, width);
  const targets: Plane[] = [];
  let offset = 0;
  for (let plane = 0; plane < planes; plane++) {
    const rows = rowCount(height, shiftH[plane]!);
    const target = { memory: dst, offset, linesize: alignUp(bytes[plane]!, align) };
    checkExtent(OP, `src[${plane}]`, src[plane]!, bytes[plane]!, rows);
    // An align that is no power of two can make the last row end behind the size.
    checkExtent(OP, "dst", target, bytes[plane]!, rows);
    checkRowsApart(OP, target, src[plane]!, bytes[plane]!, rows);
    targets.push(target);
    offset += target.linesize * rows;
  }
  if (record.palette) {
    const target = { memory: dst, offset, linesize: 0 };
    const palette = checkPalette(OP, "src", src);
    checkExtent(OP, "dst", target, PALETTE_BYTES, 1);
    checkRowsApart(OP, target, palette, PALETTE_BYTES, 1);
    targets.push(target);
  }
  for (let plane = 0; plane < planes; plane++) {
    copyRows(targets[plane]!, src[plane]!, bytes[plane]!, rowCount(height, shiftH[plane]!));
  }
  if (record.palette) copyRows(targets[1]!, src[1]!, PALETTE_BYTES, 1);
  return size;
}
