import type { Arrays, PerPlane, PixelFormatName, Pointers } from "@mediamem/interface";
import { checkAddress, checkFour, checkInt, invalid } from "@mediamem/checks";
import { alignUp } from "./buffer_size.ts";
import { pictureFits, refuseSize } from "./check_size.ts";
import { linesizesOf } from "./linesize.ts";
import { planeSizesOf } from "./plane_sizes.ts";
import { findFormat, type FormatRecord } from "./record.ts";

const INT_MAX = 2147483647;
const FILL_POINTERS = "av_image_fill_pointers";
const FILL_ARRAYS = "av_image_fill_arrays";

/**
 * Works out where the planes start for given linesizes, one right after the other, and their bytes together.
 *
 * The palette follows the pixels as plane 1. Throws `EINVAL` for a format on a device, and for a plane or a sum that would be
 * negative or above 2^31 - 1 bytes. C: `av_image_fill_pointers`.
 *
 * @param format Name or alias of a pixel format.
 * @param height Rows of the picture.
 * @param address Address of the first byte; 0 stands for NULL, and every answer is 0 then.
 * @param linesizes Bytes from row to row, per plane.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fillPointers } from "@mediamem/core-ts/image";
 *
 * const { data, size } = fillPointers("yuv420p", 13, 4096, [24, 16, 16, 0]);
 * assertEquals(data, [4096, 4096 + 312, 4096 + 424, 0]);
 * assertEquals(size, 536);
 * ```
 */
export function fillPointers(
  format: PixelFormatName,
  height: number,
  address: number,
  linesizes: PerPlane,
): Pointers {
  const record = findFormat(FILL_POINTERS, format);
  checkInt(FILL_POINTERS, "height", height);
  checkAddress(FILL_POINTERS, "address", address);
  checkFour(FILL_POINTERS, "linesizes", linesizes);
  for (let plane = 0; plane < 4; plane++) checkInt(FILL_POINTERS, `linesizes[${plane}]`, linesizes[plane]!);
  const sizes = planeSizesOf(FILL_POINTERS, record, height, linesizes);
  const size = totalOf(FILL_POINTERS, record, sizes);
  return { data: pointersOf(address, sizes), size };
}

/**
 * Works out the linesizes of a picture, each rounded up to `align`, and where its planes start.
 *
 * Throws `EINVAL` for a format on a device, a size that `checkSize` refuses, and a picture of more than 2^31 - 1 bytes.
 * C: `av_image_fill_arrays`.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels.
 * @param align Power of two; 1 packs the rows. Others follow the bit trick `(x + align - 1) & ~(align - 1)`.
 * @param address Address of the first byte; 0 stands for NULL, and every address in the answer is 0 then.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fillArrays } from "@mediamem/core-ts/image";
 *
 * const { data, linesizes, size } = fillArrays("yuv420p", 300, 300, 16, 4096);
 * assertEquals(linesizes, [304, 160, 160, 0]);
 * assertEquals(data, [4096, 95296, 119296, 0]);
 * assertEquals(size, 139200);
 * ```
 */
export function fillArrays(
  format: PixelFormatName,
  width: number,
  height: number,
  align: number,
  address: number = 0,
): Arrays {
  const record = findFormat(FILL_ARRAYS, format);
  checkInt(FILL_ARRAYS, "width", width);
  checkInt(FILL_ARRAYS, "height", height);
  checkInt(FILL_ARRAYS, "align", align);
  checkAddress(FILL_ARRAYS, "address", address);
  if (!pictureFits(width, height)) refuseSize(FILL_ARRAYS, width, height);
  const linesizes = alignAll(linesizesOf(FILL_ARRAYS, record, width), align);
  const sizes = planeSizesOf(FILL_ARRAYS, record, height, linesizes);
  const size = totalOf(FILL_ARRAYS, record, sizes);
  return { data: pointersOf(address, sizes), size, linesizes };
}

/** Rounds the linesizes of all planes up. */
export function alignAll([linesize0, linesize1, linesize2, linesize3]: PerPlane, align: number): PerPlane {
  return [
    alignUp(linesize0, align),
    alignUp(linesize1, align),
    alignUp(linesize2, align),
    alignUp(linesize3, align),
  ];
}

function totalOf(op: string, record: FormatRecord, sizes: PerPlane): number {
  const total = sizes[0] + sizes[1] + sizes[2] + sizes[3];
  if (total <= INT_MAX) return total;
  invalid(op, `Cannot call ${op}: ${record.name} would take ${total} bytes, wanted at most ${INT_MAX}`);
}

/** The planes follow one another; the first one that is empty ends the row. */
function pointersOf(address: number, [size0, size1, size2, size3]: PerPlane): PerPlane {
  if (address === 0) return [0, 0, 0, 0];
  const second = size1 === 0 ? 0 : address + size0;
  const third = second === 0 || size2 === 0 ? 0 : second + size1;
  return [address, second, third, third === 0 || size3 === 0 ? 0 : third + size2];
}
