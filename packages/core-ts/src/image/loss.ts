import type { BestPixelFormat, PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG, PIXEL_FORMAT_LOSS } from "@mediamem/interface";
import { checkBoolean, checkInt, show } from "@mediamem/checks";
import { findFormat, type FormatRecord } from "./record.ts";

const LOSS = "av_get_pix_fmt_loss";
const BEST_OF_2 = "av_find_best_pix_fmt_of_2";
const BEST_OF_LIST = "avcodec_find_best_pix_fmt_of_list";

/** What C answers where there is nothing to compare. */
const SAME_DEVICE = -1;
const ON_DEVICE = -2;
const UNKNOWN = -4;

/** The score of a format for itself; everything that is lost is taken off, so that a larger one is better. */
const PERFECT = 2147483647;

type Color = "rgb" | "gray" | "yuv" | "yuvj" | "xyz";

function colorOf({ name, flags, palette, descriptor }: FormatRecord): Color {
  if (palette) return "rgb";
  if (descriptor.nbComponents <= 2) return "gray";
  if (name.startsWith("yuvj")) return "yuvj";
  if ((flags & PIXEL_FORMAT_FLAG.RGB) !== 0) return "rgb";
  return (flags & PIXEL_FORMAT_FLAG.XYZ) !== 0 ? "xyz" : "yuv";
}

/** Which colours a format of some colour takes without loss. */
const TAKES: Readonly<Record<Color, readonly Color[]>> = {
  rgb: ["rgb", "gray"],
  gray: ["gray"],
  yuv: ["yuv"],
  yuvj: ["yuvj", "yuv", "gray"],
  xyz: ["xyz"],
};

/** What a conversion loses, and how much that weighs. */
interface Comparison {
  readonly loss: number;
  readonly score: number;
}

function answer(code: number): Comparison {
  return { loss: code, score: code };
}

/** Compares two formats; only the losses among the bits of `counted` count. */
function compare(dst: FormatRecord, src: FormatRecord, counted: number): Comparison {
  if (dst.hwaccel || src.hwaccel) return answer(dst === src ? SAME_DEVICE : ON_DEVICE);
  if (dst === src) return { loss: 0, score: PERFECT };
  const { DEPTH, RESOLUTION, COLORSPACE, CHROMA, ALPHA, COLORQUANT, EXCESS_DEPTH, EXCESS_RESOLUTION } =
    PIXEL_FORMAT_LOSS;
  let loss = 0;
  let score = PERFECT - 1;
  const lose = (bit: number, weight: number): void => {
    if ((counted & bit) === 0) return;
    loss |= bit;
    score -= weight;
  };

  const to = dst.descriptor;
  const from = src.descriptor;
  const common = dst.palette ? Math.min(from.nbComponents, 4) : Math.min(from.nbComponents, to.nbComponents);
  for (let c = 0; c < common; c++) {
    // The bits of an index are shared by the components.
    const last = dst.palette ? Math.floor(7 / common) : to.comp[c]!.depth - 1;
    const missing = from.comp[c]!.depth - 1 - last;
    if (missing > 0) lose(DEPTH, 65536 >> last);
    // A smaller surplus is better; it must not outweigh any loss.
    else if (missing < 0) lose(EXCESS_DEPTH, -missing);
  }

  const coarserW = to.log2ChromaW - from.log2ChromaW;
  const coarserH = to.log2ChromaH - from.log2ChromaH;
  if (coarserW > 0) lose(RESOLUTION, 256 << to.log2ChromaW);
  if (coarserH > 0) lose(RESOLUTION, 256 << to.log2ChromaH);
  if (coarserW < 0) lose(EXCESS_RESOLUTION, 1 << -coarserW);
  if (coarserH < 0) lose(EXCESS_RESOLUTION, 1 << -coarserH);
  // 4:2:0 is understood by more decoders than what is nearer to the source.
  if (to.log2ChromaW === 1 && to.log2ChromaH === 1) {
    if (coarserW === 1 && coarserH === 1 && (counted & RESOLUTION) !== 0) score += 512;
    if (coarserW === -1 && coarserH === -1 && (counted & EXCESS_RESOLUTION) !== 0) score += 4;
  }

  const toColor = colorOf(dst);
  const fromColor = colorOf(src);
  if (!TAKES[toColor].includes(fromColor)) {
    lose(COLORSPACE, (common * 65536) >> Math.min(to.comp[0].depth - 1, from.comp[0].depth - 1));
  }
  if (toColor === "gray" && fromColor !== "gray") lose(CHROMA, 2 * 65536);
  const fromAlpha = (src.flags & PIXEL_FORMAT_FLAG.ALPHA) !== 0;
  if (fromAlpha && (dst.flags & PIXEL_FORMAT_FLAG.ALPHA) === 0) lose(ALPHA, 65536);
  // 256 grays fit into a palette.
  if (dst.palette && (fromColor !== "gray" || (fromAlpha && (counted & ALPHA) !== 0))) {
    lose(COLORQUANT, 65536);
  }
  return { loss, score };
}

function lossOf(dst: FormatRecord, src: FormatRecord, hasAlpha: boolean): number {
  return compare(dst, src, hasAlpha ? ~0 : ~PIXEL_FORMAT_LOSS.ALPHA).loss;
}

/**
 * Tells what a conversion loses, as bits of `PIXEL_FORMAT_LOSS`.
 *
 * -1 for a device format and itself, -2 where one of two is on a device. Since libavutil 58 the bits `EXCESS_RESOLUTION` and
 * `EXCESS_DEPTH` tell of what the target has too much of. Throws `EINVAL` for an unknown name. C: `av_get_pix_fmt_loss`.
 *
 * @param dst Name or alias of the target.
 * @param src Name or alias of the source.
 * @param hasAlpha Whether the source's alpha matters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { pixFmtLoss } from "@mediamem/core-ts/image";
 * import { PIXEL_FORMAT_LOSS } from "@mediamem/interface";
 *
 * assertEquals(pixFmtLoss("yuv420p", "yuv444p", false), PIXEL_FORMAT_LOSS.RESOLUTION);
 * assertEquals(pixFmtLoss("rgb24", "rgba", true), PIXEL_FORMAT_LOSS.ALPHA);
 * ```
 */
export function pixFmtLoss(dst: PixelFormatName, src: PixelFormatName, hasAlpha: boolean): number {
  const target = findFormat(LOSS, dst);
  const source = findFormat(LOSS, src);
  checkBoolean(LOSS, "hasAlpha", hasAlpha);
  return lossOf(target, source, hasAlpha);
}

/**
 * Picks the better target of two; of equals the one with fewer bits, then with fewer components, then the first.
 *
 * Throws `EINVAL` for an unknown name. C: `av_find_best_pix_fmt_of_2`.
 *
 * @param dst1 Name or alias of a pixel format; null stands for `AV_PIX_FMT_NONE`.
 * @param dst2 The same.
 * @param src Name or alias of the source.
 * @param hasAlpha Whether the source's alpha matters.
 * @param lossMask Bits of `PIXEL_FORMAT_LOSS` that do not count for the choice; the answer has them all the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findBestPixFmtOf2 } from "@mediamem/core-ts/image";
 *
 * assertEquals(findBestPixFmtOf2("rgb24", "yuv420p", "yuv422p", false), { format: "yuv420p", loss: 1 });
 * ```
 */
export function findBestPixFmtOf2(
  dst1: PixelFormatName | null,
  dst2: PixelFormatName | null,
  src: PixelFormatName,
  hasAlpha: boolean,
  lossMask: number = 0,
): BestPixelFormat {
  const first = dst1 === null ? null : findFormat(BEST_OF_2, dst1);
  const second = dst2 === null ? null : findFormat(BEST_OF_2, dst2);
  const source = findFormat(BEST_OF_2, src);
  checkBoolean(BEST_OF_2, "hasAlpha", hasAlpha);
  checkInt(BEST_OF_2, "lossMask", lossMask);
  return bestOf(betterOf(first, second, source, hasAlpha, lossMask), source, hasAlpha);
}

/**
 * Picks the best target of a list, comparing the best so far with the next; null where the list is empty.
 *
 * Throws `EINVAL` for an unknown name. C: `avcodec_find_best_pix_fmt_of_list`.
 *
 * @param dsts Names or aliases of pixel formats.
 * @param src Name or alias of the source.
 * @param hasAlpha Whether the source's alpha matters.
 * @param lossMask Bits of `PIXEL_FORMAT_LOSS` that do not count for the choice; the answer has them all the same.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { findBestPixFmtOfList } from "@mediamem/core-ts/image";
 *
 * assertEquals(findBestPixFmtOfList(["gray", "rgb24", "yuv422p"], "yuv420p", false).format, "yuv422p");
 * ```
 */
export function findBestPixFmtOfList(
  dsts: readonly PixelFormatName[],
  src: PixelFormatName,
  hasAlpha: boolean,
  lossMask: number = 0,
): BestPixelFormat {
  if (!Array.isArray(dsts)) {
    throw new TypeError(`Cannot call ${BEST_OF_LIST}: dsts is ${show(dsts)}, wanted an array of names`);
  }
  const targets = Array.from(dsts, (dst) => findFormat(BEST_OF_LIST, dst));
  const source = findFormat(BEST_OF_LIST, src);
  checkBoolean(BEST_OF_LIST, "hasAlpha", hasAlpha);
  checkInt(BEST_OF_LIST, "lossMask", lossMask);
  let best: FormatRecord | null = null;
  for (const target of targets) best = betterOf(best, target, source, hasAlpha, lossMask);
  return bestOf(best, source, hasAlpha);
}

function betterOf(
  first: FormatRecord | null,
  second: FormatRecord | null,
  src: FormatRecord,
  hasAlpha: boolean,
  lossMask: number,
): FormatRecord | null {
  if (first === null || second === null) return first ?? second;
  const counted = ~lossMask & (hasAlpha ? ~0 : ~PIXEL_FORMAT_LOSS.ALPHA);
  const difference = compare(first, src, counted).score - compare(second, src, counted).score ||
    second.paddedBits - first.paddedBits ||
    second.descriptor.nbComponents - first.descriptor.nbComponents;
  return difference < 0 ? second : first;
}

function bestOf(best: FormatRecord | null, src: FormatRecord, hasAlpha: boolean): BestPixelFormat {
  return best === null
    ? { format: null, loss: UNKNOWN }
    : { format: best.name, loss: lossOf(best, src, hasAlpha) };
}
