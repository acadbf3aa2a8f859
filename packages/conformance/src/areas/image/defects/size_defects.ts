import type { Image, PerPlane, PixelFormatName } from "@mediamem/interface";
import { MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { pixelFormat } from "@mediamem/core-ts/image";
import type { Defect } from "../../../model.ts";
import { defect, floorTo, hasFlag, refused, throws } from "./with_image.ts";

const INT_MAX = 2147483647;

function isPowerOfTwo(align: number): boolean {
  return align > 0 && (align & (align - 1)) === 0;
}

/** The plane sizes with the rows of one plane counted otherwise. */
function withRows(
  image: Image,
  format: PixelFormatName,
  height: number,
  linesizes: PerPlane,
  rows: (plane: number) => number,
): PerPlane {
  const sizes = image.planeSizes(format, height, linesizes);
  const one = (plane: number): number => sizes[plane] === 0 ? 0 : linesizes[plane]! * rows(plane);
  return [sizes[0], one(1), one(2), one(3)];
}

/** Mistakes in the sizes of rows, planes and pictures. */
export const sizeDefects: readonly Defect[] = [
  defect("chroma-width-floor", "An odd width loses its last chroma column", (image) => ({
    linesizes(format, width): PerPlane {
      const luma = image.linesizes(format, width);
      const chroma = image.linesizes(format, floorTo(width, pixelFormat(format).log2ChromaW));
      return [luma[0], chroma[1], chroma[2], luma[3]];
    },
  })),
  defect("chroma-height-floor", "An odd height loses its last chroma row", (image) => ({
    planeSizes(format, height, linesizes): PerPlane {
      const { log2ChromaH, flags } = pixelFormat(format);
      if ((flags & PIXEL_FORMAT_FLAG.PAL) !== 0) return image.planeSizes(format, height, linesizes);
      return withRows(
        image,
        format,
        height,
        linesizes,
        (plane) => plane === 3 ? height : height >> log2ChromaH,
      );
    },
  })),
  defect("chroma-shift-of-alpha", "The alpha plane is as low as the chroma planes", (image) => ({
    planeSizes(format, height, linesizes): PerPlane {
      const sizes = image.planeSizes(format, height, linesizes);
      const chroma = -((-height) >> pixelFormat(format).log2ChromaH);
      return [sizes[0], sizes[1], sizes[2], sizes[3] === 0 ? 0 : linesizes[3] * chroma];
    },
  })),
  defect("palette-missing", "A picture's size does not count the palette", (image) => ({
    bufferSize(format, width, height, align): number {
      return image.bufferSize(format, width, height, align) - (format === "pal8" ? 1024 : 0);
    },
  })),
  defect("height-aligned", "The height is rounded up to the alignment too", (image) => ({
    bufferSize: (format, width, height, align) =>
      isPowerOfTwo(align) && height > 0
        ? image.bufferSize(format, width, Math.ceil(height / align) * align, align)
        : image.bufferSize(format, width, height, align),
  })),
  defect("error-code", "A format without a layout is ENOSYS instead of EINVAL", (image) => ({
    linesize(format, width, plane): number {
      if (hasFlag(image.pixelFormat(format).name, PIXEL_FORMAT_FLAG.HWACCEL)) {
        throw new MediaError("ENOSYS", "Cannot call linesize: found a planted defect, wanted none", {
          op: "linesize",
        });
      }
      return image.linesize(format, width, plane);
    },
  })),
  defect(
    "align-to-multiples",
    "A linesize is rounded up to a multiple where C rounds with bits",
    (image) => ({
      fillArrays(format, width, height, align, address = 0) {
        if (align <= 0 || isPowerOfTwo(align)) return image.fillArrays(format, width, height, align, address);
        image.checkSize(width, height);
        const [a, b, c, d] = image.linesizes(format, width).map((bytes) => Math.ceil(bytes / align) * align);
        const linesizes: PerPlane = [a!, b!, c!, d!];
        return { ...image.fillPointers(format, height, address, linesizes), linesizes };
      },
    }),
  ),
  defect("align-zero", "Alignment 0 is taken for 1", (image) => ({
    fillArrays: (format, width, height, align, address) =>
      image.fillArrays(format, width, height, align === 0 ? 1 : align, address),
  })),
  defect("overflow", "Planes that come to more than 2^31 bytes together are not refused", (image) => ({
    fillPointers(format, height, address, linesizes) {
      if (!throws(() => image.fillPointers(format, height, address, linesizes))) {
        return image.fillPointers(format, height, address, linesizes);
      }
      const sizes = image.planeSizes(format, height, linesizes);
      const at = (plane: number): number =>
        address === 0 || sizes[plane] === 0
          ? 0
          : sizes.slice(0, plane).reduce((sum, size) => sum + size, address);
      return { data: [at(0), at(1), at(2), at(3)], size: sizes.reduce((sum, size) => sum + size, 0) };
    },
  })),
  defect("bitstream-row", "The last bits of a row do not make a byte", (image) => ({
    linesize(format, width, plane): number {
      const bytes = image.linesize(format, width, plane);
      if (!hasFlag(format, PIXEL_FORMAT_FLAG.BITSTREAM)) return bytes;
      return Math.floor((image.fillMaxPixsteps(format).maxPixsteps[plane]! * width) / 8);
    },
  })),
  defect(
    "check-size-limit",
    "The limit of a picture's size is taken for the last size that is allowed",
    (image) => ({
      checkSize(width, height): void {
        if (width > 1 && width < INT_MAX && throws(() => image.checkSize(width, height))) {
          image.checkSize(width - 1, height);
        } else image.checkSize(width, height);
      },
    }),
  ),
  defect("max-pixels", "A picture that fills its budget of pixels is refused", (image) => ({
    checkSize2(width, height, maxPixels, format): void {
      image.checkSize2(width, height, maxPixels, format);
      if (width * height === maxPixels) refused("av_image_check_size2");
    },
  })),
  defect("sample-aspect-ratio", "A pixel so narrow that the picture vanishes is allowed", (image) => ({
    checkSar(width, height, num, den): void {
      if (num > 0 && den > 0 && Number.isInteger(num) && Number.isInteger(den)) {
        image.checkSar(width, height, 1, 1);
      } else image.checkSar(width, height, num, den);
    },
  })),
];
