import type { PixelFormatName } from "@mediamem/interface";
import { findFormat } from "./record.ts";

/**
 * Counts the planes that a format has in memory, the palette not counted; 0 for a format on a device.
 *
 * Throws `EINVAL` for an unknown name. C: `av_pix_fmt_count_planes`.
 *
 * @param format Name or alias of a pixel format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { countPlanes } from "@mediamem/core-ts/image";
 *
 * assertEquals([countPlanes("yuv420p"), countPlanes("nv12"), countPlanes("pal8"), countPlanes("cuda")], [3, 2, 1, 0]);
 * ```
 */
export function countPlanes(format: PixelFormatName): number {
  return findFormat("av_pix_fmt_count_planes", format).planes;
}

/**
 * Gives the bits of content per pixel, averaged over chroma and rounded down.
 *
 * Throws `EINVAL` for an unknown name. C: `av_get_bits_per_pixel`.
 *
 * @param format Name or alias of a pixel format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bitsPerPixel } from "@mediamem/core-ts/image";
 *
 * assertEquals([bitsPerPixel("yuv420p"), bitsPerPixel("p010le"), bitsPerPixel("rgb0")], [12, 15, 24]);
 * ```
 */
export function bitsPerPixel(format: PixelFormatName): number {
  return findFormat("av_get_bits_per_pixel", format).bits;
}

/**
 * Gives the bits per pixel in memory, padding bits included, averaged over chroma and rounded down.
 *
 * Throws `EINVAL` for an unknown name. C: `av_get_padded_bits_per_pixel`.
 *
 * @param format Name or alias of a pixel format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { paddedBitsPerPixel } from "@mediamem/core-ts/image";
 *
 * assertEquals([paddedBitsPerPixel("p010le"), paddedBitsPerPixel("rgb0"), paddedBitsPerPixel("rgb4_byte")], [24, 32, 8]);
 * ```
 */
export function paddedBitsPerPixel(format: PixelFormatName): number {
  return findFormat("av_get_padded_bits_per_pixel", format).paddedBits;
}

/**
 * Gives the chroma shifts as `[log2ChromaW, log2ChromaH]`.
 *
 * Throws `EINVAL` for an unknown name. C: `av_pix_fmt_get_chroma_sub_sample`.
 *
 * @param format Name or alias of a pixel format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { chromaSubSample } from "@mediamem/core-ts/image";
 *
 * assertEquals(chromaSubSample("yuv422p"), [1, 0]);
 * ```
 */
export function chromaSubSample(format: PixelFormatName): readonly [number, number] {
  const { log2ChromaW, log2ChromaH } = findFormat("av_pix_fmt_get_chroma_sub_sample", format).descriptor;
  return [log2ChromaW, log2ChromaH];
}

/**
 * Gives the same format in the other byte order, null where there is none.
 *
 * Throws `EINVAL` for an unknown name. C: `av_pix_fmt_swap_endianness`.
 *
 * @param format Name or alias of a pixel format.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { swapEndianness } from "@mediamem/core-ts/image";
 *
 * assertEquals(swapEndianness("yuv420p10le"), "yuv420p10be");
 * assertEquals(swapEndianness("rgba"), null);
 * ```
 */
export function swapEndianness(format: PixelFormatName): PixelFormatName | null {
  const { name } = findFormat("av_pix_fmt_swap_endianness", format);
  const order = name.slice(-2);
  if (order !== "le" && order !== "be") return null;
  return findFormat("av_pix_fmt_swap_endianness", `${name.slice(0, -2)}${order === "le" ? "be" : "le"}`).name;
}
