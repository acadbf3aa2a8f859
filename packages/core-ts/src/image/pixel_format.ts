import type { AvutilMajor, PixelFormatDescriptor, PixelFormatName } from "@mediamem/interface";
import { AVUTIL_MAJORS } from "@mediamem/interface";
import { checkInt, invalid } from "@mediamem/checks";
import { PIXEL_FORMAT_HISTORY } from "./pixel_format_table.gen.ts";
import { descriptorOf, findFormat, FORMAT_RECORDS, lookUpFormat, majorIndex } from "./record.ts";

const NEWEST: AvutilMajor = 60;
const NAMES: readonly PixelFormatName[] = Object.freeze(FORMAT_RECORDS.map((format) => format.name));
const NUMBER = "av_get_pix_fmt";
const DESCRIPTOR = "av_pix_fmt_desc_get";

/**
 * Every pixel format that a major from 56 to 60 has, in the order of the newest; those that it dropped come last.
 *
 * C: `av_pix_fmt_desc_next`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixelFormats } from "@mediamem/core-ts/image";
 *
 * assertEquals(pixelFormats().slice(0, 3), ["yuv420p", "yuyv422", "rgb24"]);
 * ```
 */
export function pixelFormats(): readonly PixelFormatName[] {
  return NAMES;
}

/**
 * Looks a pixel format up by any name that C takes: its own, an alias, or either without a final `le`.
 *
 * The descriptor is as the newest major has it; see `pixelFormatDescriptorIn` for older ones. Throws `EINVAL` for an unknown name.
 * C: `av_get_pix_fmt`, `av_pix_fmt_desc_get`.
 *
 * @param name The name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixelFormat } from "@mediamem/core-ts/image";
 *
 * assertEquals(pixelFormat("yuv420p10").name, "yuv420p10le");
 * assertEquals(pixelFormat("gray8").name, "gray");
 * assertEquals(pixelFormat("nv12").comp[2], { plane: 1, step: 2, offset: 1, shift: 0, depth: 8 });
 * ```
 */
export function pixelFormat(name: string): PixelFormatDescriptor {
  return findFormat(NUMBER, name).descriptor;
}

/**
 * Gives the number of a format in one major of libavutil; -1 where that major does not have it, or nobody knows the name.
 *
 * Throws `EINVAL` for an unknown major. C: `av_get_pix_fmt`.
 *
 * @param format Name or alias of a pixel format.
 * @param major 56 to 60, the newest by default.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixelFormatNumber } from "@mediamem/core-ts/image";
 *
 * assertEquals(pixelFormatNumber("cuda", 56), 119);
 * assertEquals(pixelFormatNumber("cuda", 57), 117);
 * assertEquals(pixelFormatNumber("xvmc", 60), -1);
 * ```
 */
export function pixelFormatNumber(format: PixelFormatName, major: AvutilMajor = NEWEST): number {
  const index = majorIndex(NUMBER, major);
  const record = lookUpFormat(NUMBER, format);
  if (record === undefined) return -1;
  // In 56 the format was called vaapi_vld, and the name that it got in 57 was taken already.
  const { numbers } = record.name === "vaapi" && major === 56 ? findFormat(NUMBER, "vaapi_vld") : record;
  return numbers[index]!;
}

/**
 * Looks a format up by its number in one major of libavutil.
 *
 * The descriptor is as the newest major has it. Throws `EINVAL` for a number that the major does not have. C: `av_pix_fmt_desc_get`.
 *
 * @param number The number.
 * @param major 56 to 60, the newest by default.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixelFormatByNumber } from "@mediamem/core-ts/image";
 *
 * assertEquals(pixelFormatByNumber(0).name, "yuv420p");
 * assertEquals(pixelFormatByNumber(64, 56).name, "yuv420p10le");
 * ```
 */
export function pixelFormatByNumber(number: number, major: AvutilMajor = NEWEST): PixelFormatDescriptor {
  checkInt(DESCRIPTOR, "number", number);
  const index = majorIndex(DESCRIPTOR, major);
  if (number >= 0) {
    for (const { numbers, descriptor } of FORMAT_RECORDS) if (numbers[index] === number) return descriptor;
  }
  invalid(
    DESCRIPTOR,
    `Cannot call ${DESCRIPTOR}: number is ${number}, wanted the number of a pixel format of libavutil ${major}`,
  );
}

/**
 * Gives the majors of libavutil that have a format, oldest first.
 *
 * Throws `EINVAL` for an unknown name.
 *
 * @param format Name or alias of a pixel format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixelFormatMajors } from "@mediamem/core-ts/image";
 *
 * assertEquals(pixelFormatMajors("xv30le"), [58, 59, 60]);
 * assertEquals(pixelFormatMajors("xvmc"), [56, 57, 58]);
 * ```
 */
export function pixelFormatMajors(format: PixelFormatName): readonly AvutilMajor[] {
  const { numbers } = findFormat(NUMBER, format);
  return AVUTIL_MAJORS.filter((_, index) => numbers[index]! >= 0);
}

/**
 * Gives a format's descriptor exactly as one major of libavutil describes it, where older ones differ too.
 *
 * Throws `EINVAL` for an unknown name or major, and for a format that the major does not have. C: `av_pix_fmt_desc_get`.
 *
 * @param format Name or alias of a pixel format.
 * @param major 56 to 60.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixelFormat, pixelFormatDescriptorIn } from "@mediamem/core-ts/image";
 *
 * assertEquals(pixelFormatDescriptorIn("rgb8", 58).comp[0].depth, 2);
 * assertEquals(pixelFormat("rgb8").comp[0].depth, 3);
 * ```
 */
export function pixelFormatDescriptorIn(format: PixelFormatName, major: AvutilMajor): PixelFormatDescriptor {
  const { name, numbers, descriptor } = findFormat(DESCRIPTOR, format);
  if (numbers[majorIndex(DESCRIPTOR, major)]! < 0) {
    invalid(
      DESCRIPTOR,
      `Cannot call ${DESCRIPTOR}: libavutil ${major} has no ${name}, wanted a format that it has`,
    );
  }
  const older = PIXEL_FORMAT_HISTORY.find((row) => row[0] === major && row[1] === name);
  if (older === undefined) return descriptor;
  const [, , nbComponents, log2ChromaW, log2ChromaH, flags, values, alias] = older;
  return descriptorOf(name, nbComponents, log2ChromaW, log2ChromaH, flags, values, alias);
}
