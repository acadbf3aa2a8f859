import { AVERROR, type Image } from "@mediamem/interface";
import { checkInt, checkInteger, checkUnsigned, invalid } from "@mediamem/checks";
import { fail } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { four } from "./c_arrays.ts";
import type { FormatTable } from "./format_table.ts";

/** Checks of sizes, steps and linesizes. */
export type SizeFunctions = Pick<
  Image,
  "checkSize" | "checkSize2" | "checkSar" | "fillMaxPixsteps" | "linesize" | "linesizes" | "bufferSize"
>;

/** `AV_PIX_FMT_NONE`. */
const NONE = -1;

/** Throws the `EINVAL` of a width; where C wrapped around instead, what it gave is a negative number and no code. */
function failWidth(op: string, name: string, width: number): never {
  fail(op, AVERROR.EINVAL, `${name} ${width} wide`);
}

/** Binds the functions to a library. */
export function sizeFunctions({ symbols }: AvutilLibrary, formats: FormatTable): SizeFunctions {
  const values = new Int32Array(4);
  const components = new Int32Array(4);
  return {
    checkSize(width, height): void {
      const op = "av_image_check_size";
      checkUnsigned(op, "width", width);
      checkUnsigned(op, "height", height);
      const result = symbols.av_image_check_size(width, height, 0, 0);
      if (result < 0) fail(op, result, `a picture of ${width}x${height}`);
    },

    checkSize2(width, height, maxPixels, format): void {
      const op = "av_image_check_size2";
      const number = format === null ? NONE : formats.find(op, format).number;
      checkUnsigned(op, "width", width);
      checkUnsigned(op, "height", height);
      checkInteger(op, "maxPixels", maxPixels);
      const result = symbols.av_image_check_size2(width, height, maxPixels, number, 0, 0);
      if (result < 0) fail(op, result, `a picture of ${width}x${height}, at most ${maxPixels} pixels`);
    },

    checkSar(width, height, num, den): void {
      const op = "av_image_check_sar";
      checkUnsigned(op, "width", width);
      checkUnsigned(op, "height", height);
      checkInt(op, "num", num);
      checkInt(op, "den", den);
      // An AVRational is passed by value: two ints in one register.
      const ratio = BigInt(num >>> 0) | (BigInt(den >>> 0) << 32n);
      const result = symbols.av_image_check_sar(width, height, ratio);
      if (result < 0) fail(op, result, `the ratio ${num}/${den} for ${width}x${height}`);
    },

    fillMaxPixsteps(format) {
      const { address } = formats.find("av_image_fill_max_pixsteps", format);
      symbols.av_image_fill_max_pixsteps(values, components, address);
      return { maxPixsteps: four(values), maxPixstepComps: four(components) };
    },

    linesize(format, width, plane): number {
      const op = "av_image_get_linesize";
      const { name, number } = formats.find(op, format);
      checkInt(op, "width", width);
      checkInt(op, "plane", plane);
      // C indexes an array of four with it and does not look.
      if (plane < 0 || plane > 3) invalid(op, `Cannot call ${op}: plane is ${plane}, wanted 0 to 3`);
      const bytes = symbols.av_image_get_linesize(number, width, plane);
      return bytes < 0 ? failWidth(op, name, width) : bytes;
    },

    linesizes(format, width) {
      const op = "av_image_fill_linesizes";
      const { name, number } = formats.find(op, format);
      checkInt(op, "width", width);
      const result = symbols.av_image_fill_linesizes(values, number, width);
      if (result < 0) failWidth(op, name, width);
      return four(values);
    },

    bufferSize(format, width, height, align): number {
      const op = "av_image_get_buffer_size";
      const { name, number } = formats.find(op, format);
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      checkInt(op, "align", align);
      const size = symbols.av_image_get_buffer_size(number, width, height, align);
      return size < 0 ? fail(op, size, `${name} ${width}x${height}, align ${align}`) : size;
    },
  };
}
