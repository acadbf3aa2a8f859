import { AVERROR, AVUTIL_MAJORS, type AvutilMajor, type Image, MediaError } from "@mediamem/interface";
import { checkInt, invalid, show } from "@mediamem/checks";
import { fail } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import type { FormatTable } from "./format_table.ts";

/** The lookups of `pixdesc.h`. */
export type DescriptorFunctions = Pick<
  Image,
  | "pixelFormats"
  | "pixelFormat"
  | "pixelFormatNumber"
  | "pixelFormatByNumber"
  | "countPlanes"
  | "bitsPerPixel"
  | "paddedBitsPerPixel"
  | "chromaSubSample"
  | "swapEndianness"
>;

/** Throws unless `major` is the library's own: `EINVAL` for one that is not supported, `ENOSYS` for another. */
export function checkOwnMajor(op: string, library: AvutilLibrary, major: AvutilMajor): void {
  if (major === library.version.major) return;
  if (!AVUTIL_MAJORS.includes(major)) {
    checkInt(op, "major", major);
    invalid(op, `Cannot call ${op}: major is ${show(major)}, wanted one of ${AVUTIL_MAJORS.join(", ")}`);
  }
  throw new MediaError(
    "ENOSYS",
    `Cannot call ${op}: major is ${major}, wanted ${library.version.major}, that of the loaded library`,
    { op, averror: AVERROR.ENOSYS },
  );
}

/** Binds the lookups to a library. */
export function descriptorFunctions(library: AvutilLibrary, formats: FormatTable): DescriptorFunctions {
  const { symbols } = library;
  const names = Object.freeze(formats.all.map((format) => format.name));
  const horizontal = new Int32Array(1);
  const vertical = new Int32Array(1);
  return {
    pixelFormats: () => names,

    pixelFormat: (name) => formats.find("av_get_pix_fmt", name).descriptor,

    pixelFormatNumber(format, major): number {
      const op = "av_get_pix_fmt";
      if (major !== undefined) checkOwnMajor(op, library, major);
      return formats.lookUp(op, format)?.number ?? -1;
    },

    pixelFormatByNumber(number, major) {
      const op = "av_pix_fmt_desc_get";
      checkInt(op, "number", number);
      if (major !== undefined) checkOwnMajor(op, library, major);
      const found = formats.byNumber(number);
      if (found !== null) return found.descriptor;
      invalid(op, `Cannot call ${op}: number is ${number}, wanted that of a pixel format`);
    },

    countPlanes(format): number {
      const op = "av_pix_fmt_count_planes";
      const { name, number } = formats.find(op, format);
      const count = symbols.av_pix_fmt_count_planes(number);
      return count < 0 ? fail(op, count, name) : count;
    },

    bitsPerPixel: (format) =>
      symbols.av_get_bits_per_pixel(formats.find("av_get_bits_per_pixel", format).address),

    paddedBitsPerPixel: (format) =>
      symbols.av_get_padded_bits_per_pixel(formats.find("av_get_padded_bits_per_pixel", format).address),

    chromaSubSample(format): readonly [number, number] {
      const op = "av_pix_fmt_get_chroma_sub_sample";
      const { name, number } = formats.find(op, format);
      const result = symbols.av_pix_fmt_get_chroma_sub_sample(number, horizontal, vertical);
      if (result < 0) fail(op, result, name);
      return [horizontal[0]!, vertical[0]!];
    },

    swapEndianness(format) {
      const { number } = formats.find("av_pix_fmt_swap_endianness", format);
      return formats.byNumber(symbols.av_pix_fmt_swap_endianness(number))?.name ?? null;
    },
  };
}
