import type { PixelFormatName } from "@mediamem/interface";
import { checkInt, checkInteger, checkUnsigned, invalid } from "@mediamem/checks";
import { rowBytesOfAny } from "./linesize.ts";
import { findFormat } from "./record.ts";

const INT_MAX = 2147483647;
/** Bytes that FFmpeg adds to a row when it judges a size. */
const MARGIN = 1024;
const CHECK_SIZE = "av_image_check_size";
const CHECK_SIZE2 = "av_image_check_size2";
const CHECK_SAR = "av_image_check_sar";

/**
 * Tells whether FFmpeg takes a picture whose rows have `stride` bytes, margin included: with it, it must be addressable by an `int`.
 *
 * The products stay exact as far as the limit is, which is all that counts.
 */
function fits(width: number, height: number, stride: number): boolean {
  return width > 0 && height > 0 && stride * (height + 128) < INT_MAX;
}

/** The bytes of a row, margin included, that FFmpeg reckons with whatever the format: 8 a pixel. */
export function pictureStride(width: number): number {
  return 8 * width + MARGIN;
}

/** Tells whether FFmpeg takes a picture of this size whatever its format. */
export function pictureFits(width: number, height: number): boolean {
  return fits(width, height, pictureStride(width));
}

/** Throws the `EINVAL` of `op` for a size that {@linkcode pictureFits} refuses. */
export function refuseSize(op: string, width: number, height: number): never {
  invalid(
    op,
    `Cannot call ${op}: the picture is ${width}x${height}, ` +
      `wanted at least 1x1 and (8 * width + 1024) * (height + 128) below ${INT_MAX}`,
  );
}

/**
 * Refuses a size that no picture can have, whatever its format.
 *
 * Throws `EINVAL` where a side is 0 or `(8 * width + 1024) * (height + 128)` is not below 2^31 - 1. C: `av_image_check_size`.
 *
 * @param width Pixels, 0 to 2^32 - 1.
 * @param height Pixels, 0 to 2^32 - 1.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkSize } from "@mediamem/core-ts/image";
 * import { MediaError } from "@mediamem/interface";
 *
 * checkSize(16255, 16255);
 * assertThrows(() => checkSize(16256, 16256), MediaError, "16256x16256");
 * ```
 */
export function checkSize(width: number, height: number): void {
  checkUnsigned(CHECK_SIZE, "width", width);
  checkUnsigned(CHECK_SIZE, "height", height);
  if (!pictureFits(width, height)) refuseSize(CHECK_SIZE, width, height);
}

/**
 * Refuses a size that no picture of a format can have, or that is above a budget of pixels.
 *
 * Throws `EINVAL` where a side is 0, where `(rowBytes + 1024) * (height + 128)` is not below 2^31 - 1, `rowBytes` being the bytes
 * of a row of the first plane, and where `width * height` is above `maxPixels`. C: `av_image_check_size2`.
 *
 * @param width Pixels, 0 to 2^32 - 1.
 * @param height Pixels, 0 to 2^32 - 1.
 * @param maxPixels The budget; `Number.MAX_SAFE_INTEGER` for none.
 * @param format Name or alias of a pixel format; null stands for `AV_PIX_FMT_NONE` and 8 bytes a pixel.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkSize2 } from "@mediamem/core-ts/image";
 * import { MediaError } from "@mediamem/interface";
 *
 * checkSize2(45767, 45767, Number.MAX_SAFE_INTEGER, "yuv420p");
 * assertThrows(() => checkSize2(1920, 1080, 1920 * 1080 - 1, "yuv420p"), MediaError, "at most 2073599");
 * ```
 */
export function checkSize2(
  width: number,
  height: number,
  maxPixels: number,
  format: PixelFormatName | null,
): void {
  checkUnsigned(CHECK_SIZE2, "width", width);
  checkUnsigned(CHECK_SIZE2, "height", height);
  checkInteger(CHECK_SIZE2, "maxPixels", maxPixels);
  const bytes = format === null ? 0 : firstRowBytes(format, width);
  const found = `the picture is ${width}x${height}`;
  if (!fits(width, height, bytes > 0 ? bytes + MARGIN : pictureStride(width))) {
    invalid(
      CHECK_SIZE2,
      `Cannot call ${CHECK_SIZE2}: ${found}, ` +
        `wanted at least 1x1 and (rowBytes + 1024) * (height + 128) below ${INT_MAX} for ${
          format ?? "any format"
        }`,
    );
  }
  if (width * height > maxPixels) {
    invalid(CHECK_SIZE2, `Cannot call ${CHECK_SIZE2}: ${found}, wanted at most ${maxPixels} pixels`);
  }
}

/** Bytes of a row of the first plane; 0 or less where there is no answer. */
function firstRowBytes(format: PixelFormatName, width: number): number {
  const { hwaccel, step0, shiftW0, bitShift } = findFormat(CHECK_SIZE2, format);
  return hwaccel || width > INT_MAX ? -1 : rowBytesOfAny(width, step0, shiftW0, bitShift);
}

/**
 * Refuses a sample aspect ratio that is none, or that would make a side of the picture vanish.
 *
 * Throws `EINVAL` for a negative numerator, a denominator below 1, and where the side that the ratio shrinks is shrunk to less
 * than one pixel. A numerator of 0 stands for an unknown ratio and is fine. C: `av_image_check_sar`.
 *
 * @param width Pixels, 0 to 2^32 - 1.
 * @param height Pixels, 0 to 2^32 - 1.
 * @param num Numerator, an `int`.
 * @param den Denominator, an `int`.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { checkSar } from "@mediamem/core-ts/image";
 * import { MediaError } from "@mediamem/interface";
 *
 * checkSar(16, 16, 1, 16);
 * assertThrows(() => checkSar(16, 16, 1, 17), MediaError, "1/17");
 * ```
 */
export function checkSar(width: number, height: number, num: number, den: number): void {
  checkUnsigned(CHECK_SAR, "width", width);
  checkUnsigned(CHECK_SAR, "height", height);
  checkInt(CHECK_SAR, "num", num);
  checkInt(CHECK_SAR, "den", den);
  if (den > 0 && (num === 0 || num === den)) return;
  // At least one pixel is left where the product reaches the divisor; rounding cannot hide that, divisors are below 2^31.
  if (den > 0 && num > 0 && (num < den ? width * num >= den : height * den >= num)) return;
  invalid(
    CHECK_SAR,
    `Cannot call ${CHECK_SAR}: the ratio is ${num}/${den} for ${width}x${height}, ` +
      `wanted one of positive numbers that leaves both sides a pixel`,
  );
}
