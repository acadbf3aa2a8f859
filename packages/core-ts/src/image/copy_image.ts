import type { PixelFormatName, Planes } from "@mediamem/interface";
import { checkCopyPlane, checkInt, checkPalette, checkPlanes, checkRowsApart } from "@mediamem/checks";
import { copyRows, rowCount } from "./copy_rows.ts";
import { linesizesOf } from "./linesize.ts";
import { findFormat } from "./record.ts";

const PALETTE_BYTES = 1024;

/**
 * Copies a picture, the palette of a palette format included.
 *
 * The bytes between the rows stay as they are, and a format on a device is nothing to do. Throws `EINVAL` for a width without
 * rows, a linesize shorter than its row (C aborts the process), a missing palette and planes outside their memory, `OVERLAP` where
 * a row and its copy share bytes; nothing is written then. C: `av_image_copy`.
 *
 * @param dst Where the picture goes, as many planes as the format has.
 * @param src Where it comes from.
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels; 0 or less copies no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { allocImage, copyImage, fillColor } from "@mediamem/core-ts/image";
 *
 * using src = allocImage("nv12", 17, 13, 64);
 * using dst = allocImage("nv12", 17, 13, 1);
 * fillColor(src.planes, "nv12", [1, 2, 3, 0], 17, 13);
 * copyImage(dst.planes, src.planes, "nv12", 17, 13);
 * assertEquals([...dst.memory.slice(17 * 13 - 2, 17 * 13 + 4)], [1, 1, 2, 3, 2, 3]);
 * ```
 */
export function copyImage(
  dst: Planes,
  src: Planes,
  format: PixelFormatName,
  width: number,
  height: number,
): void {
  copyAll("av_image_copy", dst, src, format, width, height);
}

/**
 * Copies as `copyImage` does. C has another way for uncacheable (device) memory, which TypeScript memory never is.
 *
 * That way, on x86, also writes the padding up to the next multiple of 64 bytes where both linesizes leave room for it. Not so here.
 *
 * Throws as `copyImage` does. C: `av_image_copy_uc_from`.
 *
 * @param dst Where the picture goes, as many planes as the format has.
 * @param src Where it comes from.
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels; 0 or less copies no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { copyImageUcFrom } from "@mediamem/core-ts/image";
 *
 * const src = [{ memory: Uint8Array.of(1, 2, 3, 4, 5, 6), offset: 0, linesize: 3 }];
 * const dst = [{ memory: new Uint8Array(6), offset: 3, linesize: -3 }];
 * copyImageUcFrom(dst, src, "gray", 3, 2);
 * assertEquals([...dst[0]!.memory], [4, 5, 6, 1, 2, 3]);
 * ```
 */
export function copyImageUcFrom(
  dst: Planes,
  src: Planes,
  format: PixelFormatName,
  width: number,
  height: number,
): void {
  copyAll("av_image_copy_uc_from", dst, src, format, width, height);
}

/** {@linkcode copyImage} for the call `op`. */
export function copyAll(
  op: string,
  dst: Planes,
  src: Planes,
  format: PixelFormatName,
  width: number,
  height: number,
): void {
  const record = findFormat(op, format);
  checkInt(op, "width", width);
  checkInt(op, "height", height);
  const { planes, shiftH } = record;
  checkPlanes(op, "dst", dst, planes);
  checkPlanes(op, "src", src, planes);
  if (record.hwaccel) return;
  const bytes = linesizesOf(op, record, width);
  for (let plane = 0; plane < planes; plane++) {
    const rows = rowCount(height, shiftH[plane]!);
    checkCopyPlane(op, `dst[${plane}]`, dst[plane]!, `src[${plane}]`, src[plane]!, bytes[plane]!, rows);
  }
  if (record.palette) {
    const dstPalette = checkPalette(op, "dst", dst);
    const srcPalette = checkPalette(op, "src", src);
    checkRowsApart(op, dstPalette, srcPalette, PALETTE_BYTES, 1);
  }
  for (let plane = 0; plane < planes; plane++) {
    copyRows(dst[plane]!, src[plane]!, bytes[plane]!, rowCount(height, shiftH[plane]!));
  }
  // C copies the palette even when there are no rows.
  if (record.palette) copyRows(dst[1]!, src[1]!, PALETTE_BYTES, 1);
}
