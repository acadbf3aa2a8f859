import type { PixelFormatDescriptor } from "@mediamem/interface";
import { PIXEL_FORMAT_LOSS } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect, refused } from "./with_image.ts";

/** Mistakes in the lookups of `pixdesc.h`. */
export const lookupDefects: readonly Defect[] = [
  defect("component-shift", "The first component's shift is one too large where it has one", (image) => ({
    pixelFormat(name): PixelFormatDescriptor {
      const found = image.pixelFormat(name);
      const [first, ...others] = found.comp;
      if (first.shift === 0) return found;
      return { ...found, comp: [{ ...first, shift: first.shift + 1 }, ...others] };
    },
  })),
  defect("alias", "A format is not found by its aliases", (image) => ({
    pixelFormat(name): PixelFormatDescriptor {
      const found = image.pixelFormat(name);
      return found.alias.includes(name) ? refused("av_get_pix_fmt") : found;
    },
  })),
  defect("native-byte-order", "A name without byte order means the big-endian format", (image) => ({
    pixelFormat(name): PixelFormatDescriptor {
      const found = image.pixelFormat(name);
      return found.name === `${name}le` ? image.pixelFormat(`${name}be`) : found;
    },
  })),
  defect("number-of-older-major", "Numbers of libavutil 59 are taken from libavutil 58", (image) => ({
    pixelFormatNumber: (format, major) => image.pixelFormatNumber(format, major === 59 ? 58 : major),
  })),
  defect("palette-is-a-plane", "The palette counts as a plane", (image) => ({
    countPlanes: (format) => image.countPlanes(format) + (format === "pal8" ? 1 : 0),
  })),
  defect("padding-bits", "Padding does not count as bits of a pixel", (image) => ({
    paddedBitsPerPixel: (format) => image.bitsPerPixel(format),
  })),
  defect("chroma-axes", "Chroma shifts come as height and width", (image) => ({
    chromaSubSample(format): readonly [number, number] {
      const [width, height] = image.chromaSubSample(format);
      return [height, width];
    },
  })),
  defect("byte-order-twin", "A format without byte order is its own twin", (image) => ({
    swapEndianness: (format) => image.swapEndianness(format) ?? format,
  })),
  defect(
    "pixel-step-component",
    "The pixel step of a plane is that of its first component, not the largest",
    (image) => ({
      fillMaxPixsteps(format) {
        const steps = [0, 0, 0, 0] as [number, number, number, number];
        const components = [0, 0, 0, 0] as [number, number, number, number];
        for (const [component, { plane, step }] of image.pixelFormat(format).comp.entries()) {
          if (steps[plane] !== 0 || step === 0) continue;
          steps[plane] = step;
          components[plane] = component;
        }
        return { maxPixsteps: steps, maxPixstepComps: components };
      },
    }),
  ),
  defect("loss-of-alpha", "Losing alpha is no loss", (image) => ({
    pixFmtLoss(dst, src, hasAlpha): number {
      const loss = image.pixFmtLoss(dst, src, hasAlpha);
      return loss < 0 ? loss : loss & ~PIXEL_FORMAT_LOSS.ALPHA;
    },
  })),
  defect("tie-of-best", "Of two targets that are equally good the second wins", (image) => ({
    findBestPixFmtOf2: (dst1, dst2, src, hasAlpha, lossMask) =>
      image.findBestPixFmtOf2(dst2, dst1, src, hasAlpha, lossMask),
  })),
];
