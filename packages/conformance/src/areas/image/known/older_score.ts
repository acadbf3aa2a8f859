import type { PixelFormatDescriptor, PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG, PIXEL_FORMAT_LOSS } from "@mediamem/interface";
import { paddedBitsPerPixel, pixelFormat } from "@mediamem/core-ts/image";
import { hasOlderRgb8, OLDER_RGB8 } from "./older_descriptors.ts";

const { RESOLUTION, DEPTH, COLORSPACE, ALPHA, COLORQUANT, CHROMA, EXCESS_RESOLUTION, EXCESS_DEPTH } =
  PIXEL_FORMAT_LOSS;

/** Good enough that no penalty brings it down to the negative numbers that say why there is no score. */
const PERFECT = 2147483647;

type Color = "gray" | "rgb" | "yuv" | "yuvj" | "xyz";

/** The loss of a conversion and how good it is; a negative loss where there is none to speak of. */
export interface Score {
  readonly score: number;
  readonly loss: number;
}

function color({ name, flags, nbComponents }: PixelFormatDescriptor): Color {
  if ((flags & PIXEL_FORMAT_FLAG.PAL) !== 0) return "rgb";
  if (nbComponents < 3) return "gray";
  if (name.startsWith("yuvj")) return "yuvj";
  if (name.startsWith("xyz")) return "xyz";
  return (flags & PIXEL_FORMAT_FLAG.RGB) !== 0 ? "rgb" : "yuv";
}

function depth(format: PixelFormatDescriptor, component: number, major: number): number {
  return hasOlderRgb8(format.name, major) ? OLDER_RGB8[component]![1] : format.comp[component]!.depth;
}

function changesColor(dst: Color, src: Color): boolean {
  if (dst === "rgb") return src !== "rgb" && src !== "gray";
  if (dst === "yuvj") return src !== "yuvj" && src !== "yuv" && src !== "gray";
  return dst !== src;
}

/**
 * How libavutil 56 to 58 judge a conversion: 56 and 57 do not count what a target has too much of, and all three have another `rgb8`.
 *
 * @param consider The losses that count.
 */
export function olderScore(
  dstName: PixelFormatName,
  srcName: PixelFormatName,
  consider: number,
  major: number,
): Score {
  const dst = pixelFormat(dstName);
  const src = pixelFormat(srcName);
  const { HWACCEL } = PIXEL_FORMAT_FLAG;
  if (((dst.flags | src.flags) & HWACCEL) !== 0) {
    const loss = dstName === srcName ? -1 : -2;
    return { score: loss, loss };
  }
  if (dstName === srcName) return { score: PERFECT, loss: 0 };
  let score = PERFECT - 1;
  let loss = 0;
  const lose = (kind: number, penalty: number): void => {
    if ((consider & kind) === 0) return;
    loss |= kind;
    score -= penalty;
  };
  const counted = major >= 58 ? consider : consider & ~(EXCESS_DEPTH | EXCESS_RESOLUTION);

  const paletted = dstName === "pal8";
  const common = Math.min(src.nbComponents, paletted ? 4 : dst.nbComponents);
  for (let i = 0; i < common; i++) {
    const kept = paletted ? Math.trunc(7 / common) : depth(dst, i, major) - 1;
    const surplus = depth(src, i, major) - 1 - kept;
    if (surplus > 0 && (counted & DEPTH) !== 0) lose(DEPTH, 65536 >> kept);
    else if (surplus < 0 && (counted & EXCESS_DEPTH) !== 0) lose(EXCESS_DEPTH, -surplus);
  }

  const axes = [[dst.log2ChromaW, src.log2ChromaW], [dst.log2ChromaH, src.log2ChromaH]] as const;
  for (const [to, from] of axes) {
    if (to > from) lose(RESOLUTION, 256 << to);
    if (to < from && (counted & EXCESS_RESOLUTION) !== 0) lose(EXCESS_RESOLUTION, 1 << (from - to));
  }
  const all = (to: number, from: number): boolean => axes.every(([a, b]) => a === to && b === from);
  if (all(1, 0) && (consider & RESOLUTION) !== 0) score += 512;
  if (all(1, 2) && (counted & EXCESS_RESOLUTION) !== 0) score += 4;

  const [dstColor, srcColor] = [color(dst), color(src)];
  if (changesColor(dstColor, srcColor)) {
    lose(COLORSPACE, (common * 65536) >> (Math.min(depth(dst, 0, major), depth(src, 0, major)) - 1));
  }
  if (dstColor === "gray" && srcColor !== "gray") lose(CHROMA, 131072);
  const loses = (src.flags & PIXEL_FORMAT_FLAG.ALPHA) !== 0 && (consider & ALPHA) !== 0;
  if (loses && (dst.flags & PIXEL_FORMAT_FLAG.ALPHA) === 0) lose(ALPHA, 65536);
  if (paletted && (srcColor !== "gray" || loses)) lose(COLORQUANT, 65536);
  return { score, loss };
}

/** The better of two targets, as the C function decides. */
export function olderBest(
  dst1: PixelFormatName | null,
  dst2: PixelFormatName | null,
  src: PixelFormatName,
  consider: number,
  major: number,
): PixelFormatName | null {
  if (dst1 === null || dst2 === null) return dst1 ?? dst2;
  const first = olderScore(dst1, src, consider, major).score;
  const second = olderScore(dst2, src, consider, major).score;
  if (first !== second) return first < second ? dst2 : dst1;
  const bits = paddedBitsPerPixel(dst2) - paddedBitsPerPixel(dst1);
  if (bits !== 0) return bits < 0 ? dst2 : dst1;
  return pixelFormat(dst2).nbComponents < pixelFormat(dst1).nbComponents ? dst2 : dst1;
}
