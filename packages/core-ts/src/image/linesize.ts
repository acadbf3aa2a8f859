import type { MaxPixsteps, PerPlane, PixelFormatName } from "@mediamem/interface";
import { checkInt, invalid } from "@mediamem/checks";
import { findFormat, type FormatRecord, perPlane } from "./record.ts";

const INT_MAX = 2147483647;
/** Up to this width no row of any format comes near `INT_MAX`: steps are below 128. */
const SAFE_WIDTH = 0xffffff;
const LINESIZE = "av_image_get_linesize";
const LINESIZES = "av_image_fill_linesizes";

/**
 * Works out the largest step between two pixels on each plane, and which component has it.
 *
 * Steps are bytes, in bitstream formats bits. Formats on a device have only zeros. C: `av_image_fill_max_pixsteps`.
 *
 * @param format Name or alias of a pixel format; `EINVAL` for another.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fillMaxPixsteps } from "@mediamem/core-ts/image";
 *
 * assertEquals(fillMaxPixsteps("yuv420p").maxPixsteps, [1, 1, 1, 0]);
 * assertEquals(fillMaxPixsteps("rgba").maxPixsteps, [4, 0, 0, 0]);
 * assertEquals(fillMaxPixsteps("yuyv422").maxPixstepComps, [1, 0, 0, 0]);
 * ```
 */
export function fillMaxPixsteps(format: PixelFormatName): MaxPixsteps {
  const { step, stepComponent } = findFormat("av_image_fill_max_pixsteps", format);
  return { maxPixsteps: step, maxPixstepComps: stepComponent };
}

/** Bytes of a row of one plane, unaligned, for a width that `checkSize` takes. */
export function rowBytes(width: number, step: number, shiftW: number, bitShift: number): number {
  return (step * ((width + (1 << shiftW) - 1) >> shiftW) + (1 << bitShift) - 1) >> bitShift;
}

/** {@linkcode rowBytes} for any width; -1 for a negative one, and where an `int` cannot hold a number on the way. */
export function rowBytesOfAny(width: number, step: number, shiftW: number, bitShift: number): number {
  const rounded = width + (1 << shiftW) - 1;
  const tooLarge = rounded > INT_MAX || step * (rounded >> shiftW) + (1 << bitShift) - 1 > INT_MAX;
  return width < 0 || tooLarge ? -1 : rowBytes(width, step, shiftW, bitShift);
}

/**
 * Works out the bytes of a row of one plane, unaligned.
 *
 * 0 for a plane that the format does not have. Throws `EINVAL` for a format on a device, a negative width, a plane that is not
 * 0 to 3, and a row that an `int` cannot hold. C: `av_image_get_linesize`.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param plane 0 to 3.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linesize } from "@mediamem/core-ts/image";
 *
 * assertEquals(linesize("uyvy422", 300, 0), 600);
 * assertEquals(linesize("yuv420p", 17, 1), 9);
 * assertEquals(linesize("monow", 17, 0), 3);
 * ```
 */
export function linesize(format: PixelFormatName, width: number, plane: number): number {
  const record = findFormat(LINESIZE, format);
  checkInt(LINESIZE, "width", width);
  checkInt(LINESIZE, "plane", plane);
  if (plane < 0 || plane > 3) {
    invalid(LINESIZE, `Cannot call ${LINESIZE}: plane is ${plane}, wanted 0 to 3`);
  }
  const bytes = record.hwaccel
    ? -1
    : rowBytesOfAny(width, record.step[plane]!, record.shiftW[plane]!, record.bitShift);
  if (bytes < 0) refuseWidth(LINESIZE, record, width);
  return bytes;
}

/** An answer of {@linkcode linesizes}. */
interface Recent {
  format: string;
  width: number;
  linesizes: PerPlane;
}

/** How many answers are kept: one for each value of the lowest bits of the width. */
const KEPT = 64;

/** Recent answers, frozen: a stream asks for the same rows again and again, and an array a call is garbage a call. */
const recent: readonly Recent[] = Array.from(
  { length: KEPT },
  // True from the start: a caller may ask for just this before anything else.
  () => ({ format: "gray", width: 0, linesizes: perPlane([0, 0, 0, 0]) }),
);

/**
 * Works out the bytes of a row of each plane, unaligned.
 *
 * The answer is frozen.
 *
 * Throws `EINVAL` for a format on a device, a negative width, and rows that an `int` cannot hold. C: `av_image_fill_linesizes`.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { linesizes } from "@mediamem/core-ts/image";
 *
 * assertEquals(linesizes("yuv420p", 17), [17, 9, 9, 0]);
 * assertEquals(linesizes("p010le", 17), [34, 36, 0, 0]);
 * ```
 */
export function linesizes(format: PixelFormatName, width: number): PerPlane {
  // Not before it is known to be a number: `&` on a bigint throws an error of its own.
  const kept = recent[typeof width === "number" ? width & (KEPT - 1) : 0]!;
  if (kept.width === width && kept.format === format) return kept.linesizes;
  const answer = Object.freeze(linesizesOf(LINESIZES, findFormat(LINESIZES, format), width));
  kept.format = format;
  kept.width = width;
  kept.linesizes = answer;
  return answer;
}

/** {@linkcode linesizes} for the call `op`. */
export function linesizesOf(op: string, record: FormatRecord, width: number): PerPlane {
  checkInt(op, "width", width);
  const { bitShift } = record;
  if (record.hwaccel || width < 0 || width > SAFE_WIDTH) checkWidth(op, record, width);
  return [
    rowBytes(width, record.step0, record.shiftW0, bitShift),
    rowBytes(width, record.step1, record.shiftW1, bitShift),
    rowBytes(width, record.step2, record.shiftW2, bitShift),
    rowBytes(width, record.step3, record.shiftW3, bitShift),
  ];
}

function checkWidth(op: string, record: FormatRecord, width: number): void {
  for (let plane = 0; plane < 4; plane++) {
    const bytes = rowBytesOfAny(width, record.step[plane]!, record.shiftW[plane]!, record.bitShift);
    if (record.hwaccel || bytes < 0) refuseWidth(op, record, width);
  }
}

function refuseWidth(op: string, record: FormatRecord, width: number): never {
  if (record.hwaccel) {
    invalid(
      op,
      `Cannot call ${op}: the pixels of ${record.name} are on a device, wanted a format with planes in memory`,
    );
  }
  invalid(
    op,
    `Cannot call ${op}: width is ${width}, wanted at least 0 and rows of at most ${INT_MAX} bytes of ${record.name}`,
  );
}
