import type { PerPlane, PixelFormatName } from "@mediamem/interface";
import { checkByteCount, checkFour, checkInt, checkInteger, invalid } from "@mediamem/checks";
import { findFormat, type FormatRecord } from "./record.ts";

const OP = "av_image_fill_plane_sizes";

/**
 * Works out the bytes of each plane for given linesizes; plane 1 of a palette format is the palette, 1024 bytes.
 *
 * A plane whose linesize or height is 0 has 0 bytes, whatever the other number is. Throws `EINVAL` for a format on a device, and for
 * a plane that would have a negative number of bytes or more than a number holds. C: `av_image_fill_plane_sizes`.
 *
 * @param format Name or alias of a pixel format.
 * @param height Rows of the picture, an `int`.
 * @param linesizes Bytes from row to row, per plane.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { planeSizes } from "@mediamem/core-ts/image";
 *
 * assertEquals(planeSizes("yuv420p", 13, [24, 16, 16, 0]), [312, 112, 112, 0]);
 * assertEquals(planeSizes("pal8", 13, [17, 0, 0, 0]), [221, 1024, 0, 0]);
 * ```
 */
export function planeSizes(format: PixelFormatName, height: number, linesizes: PerPlane): PerPlane {
  const record = findFormat(OP, format);
  checkInt(OP, "height", height);
  checkFour(OP, "linesizes", linesizes);
  for (let plane = 0; plane < 4; plane++) checkInteger(OP, `linesizes[${plane}]`, linesizes[plane]!);
  return planeSizesOf(OP, record, height, linesizes);
}

/** {@linkcode planeSizes} for the call `op`, its arguments checked. */
export function planeSizesOf(
  op: string,
  record: FormatRecord,
  height: number,
  linesizes: PerPlane,
): PerPlane {
  if (record.hwaccel) {
    invalid(
      op,
      `Cannot call ${op}: the pixels of ${record.name} are on a device, wanted a format with planes in memory`,
    );
  }
  const { log2ChromaH, planes } = record;
  // An int, as in C: the rows of a picture of 2^31 - 1 rows wrap around.
  const chromaHeight = ((height + (1 << log2ChromaH) - 1) | 0) >> log2ChromaH;
  const size0 = planeSize(op, 0, linesizes[0], height);
  if (record.palette) return [size0, record.paletteBytes, 0, 0];
  return [
    size0,
    planes > 1 ? planeSize(op, 1, linesizes[1], chromaHeight) : 0,
    planes > 2 ? planeSize(op, 2, linesizes[2], chromaHeight) : 0,
    planes > 3 ? planeSize(op, 3, linesizes[3], height) : 0,
  ];
}

function planeSize(op: string, plane: number, linesize: number, rows: number): number {
  // C asks whether the product of two size_t wraps around; 0 times anything does not.
  if (linesize === 0 || rows === 0) return 0;
  if (linesize < 0 || rows < 0) {
    invalid(
      op,
      `Cannot call ${op}: plane ${plane} has linesize ${linesize} and ${rows} rows, wanted no negative number`,
    );
  }
  const size = linesize * rows;
  checkByteCount(op, `plane ${plane}`, size);
  return size;
}
