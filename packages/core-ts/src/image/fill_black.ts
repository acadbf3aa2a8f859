import type { ColorRange, PerPlane, PixelFormatName, Planes } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { checkInt, checkWord, invalid } from "@mediamem/checks";
import { fill } from "./fill_color.ts";
import { findFormat, type FormatRecord } from "./record.ts";

const OP = "av_image_fill_black";
const RANGES: readonly string[] = ["unspecified", "tv", "pc"] satisfies readonly ColorRange[];

/** Floats as their bits, half and single. */
const HALF: Floats = { sixteenth: 0x2c00, half: 0x3800, one: 0x3c00 };
const SINGLE: Floats = { sixteenth: 0x3d800000, half: 0x3f000000, one: 0x3f800000 };

interface Floats {
  readonly sixteenth: number;
  readonly half: number;
  readonly one: number;
}

/**
 * Paints a picture black, opaque where the format has alpha.
 *
 * Black is luma 16 of 255 unless the range is `pc`, for `yuvj420p` too; in RGB, XYZ and palette formats it is 0, whatever the range
 * is. A palette is not touched. Throws `EINVAL` for a format on a device, a width without rows and planes outside their memory;
 * nothing is written then.
 * C: `av_image_fill_black`, as libavutil 59 and later do it.
 *
 * @param dst The picture, as many planes as the format has; null only checks whether it could be painted.
 * @param format Name or alias of a pixel format.
 * @param range `AVColorRange` of the picture; `unspecified` counts as `tv`.
 * @param width Pixels.
 * @param height Pixels; 0 or less paints no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { allocImage, fillBlack } from "@mediamem/core-ts/image";
 *
 * using image = allocImage("yuv420p", 3, 1, 1);
 * fillBlack(image.planes, "yuv420p", "tv", 3, 1);
 * assertEquals([...image.memory], [16, 16, 16, 128, 128, 128, 128]);
 * ```
 */
export function fillBlack(
  dst: Planes | null,
  format: PixelFormatName,
  range: ColorRange,
  width: number,
  height: number,
): void {
  const record = findFormat(OP, format);
  checkWord(OP, "range", range, RANGES);
  checkInt(OP, "width", width);
  checkInt(OP, "height", height);
  fill(OP, record, dst, blackOf(record, range !== "pc"), width, height);
}

/** The value of each component. */
function blackOf(record: FormatRecord, limitedRange: boolean): PerPlane {
  const { descriptor: { nbComponents, comp }, flags } = record;
  const colorless = flags & (PIXEL_FORMAT_FLAG.RGB | PIXEL_FORMAT_FLAG.XYZ);
  const alpha = !record.palette && (flags & PIXEL_FORMAT_FLAG.ALPHA) !== 0 ? nbComponents - 1 : -1;
  const color: [number, number, number, number] = [0, 0, 0, 0];
  for (let c = 0; c < nbComponents; c++) {
    const { depth } = comp[c]!;
    if (record.name === "monow") color[c] = 1;
    else if (c === alpha) color[c] = alphaOf(record, depth);
    else if (c === 0 && limitedRange && colorless === 0 && !record.palette && depth > 1) {
      color[c] = levelOf(record, depth, "sixteenth", 16);
    } else if ((c === 1 || c === 2) && colorless === 0) color[c] = levelOf(record, depth, "half", 128);
  }
  return color;
}

function alphaOf(record: FormatRecord, depth: number): number {
  if ((record.flags & PIXEL_FORMAT_FLAG.FLOAT) !== 0) return floatsOf(record, depth).one;
  return 2 ** depth - 1;
}

/** A level that is `eighth` of 256 in 8 bits. */
function levelOf(record: FormatRecord, depth: number, float: keyof Floats, eighth: number): number {
  if ((record.flags & PIXEL_FORMAT_FLAG.FLOAT) !== 0) return floatsOf(record, depth)[float];
  if (depth < 8) refuseDepth(record, depth, "at least 8");
  return eighth * 2 ** (depth - 8);
}

function floatsOf(record: FormatRecord, depth: number): Floats {
  return depth === 16 ? HALF : depth === 32 ? SINGLE : refuseDepth(record, depth, "16 or 32");
}

function refuseDepth(record: FormatRecord, depth: number, wanted: string): never {
  invalid(OP, `Cannot call ${OP}: ${record.name} has components of ${depth} bits, wanted ${wanted}`);
}
