import type { Backend, Image, PixelFormatName } from "@mediamem/interface";
import { AVERROR, MediaError } from "@mediamem/interface";
import { pixelFormat } from "@mediamem/core-ts/image";
import type { Defect } from "../../../model.ts";
import { imageOf } from "../point.ts";

/** Every method of the area, so that a new one cannot be forgotten. */
const METHODS: Readonly<Record<keyof Image, true>> = {
  pixelFormats: true,
  pixelFormat: true,
  pixelFormatNumber: true,
  pixelFormatByNumber: true,
  countPlanes: true,
  bitsPerPixel: true,
  paddedBitsPerPixel: true,
  chromaSubSample: true,
  swapEndianness: true,
  pixFmtLoss: true,
  findBestPixFmtOf2: true,
  findBestPixFmtOfList: true,
  checkSize: true,
  checkSize2: true,
  checkSar: true,
  fillMaxPixsteps: true,
  linesize: true,
  linesizes: true,
  planeSizes: true,
  fillPointers: true,
  fillArrays: true,
  bufferSize: true,
  allocImage: true,
  copyPlane: true,
  copyPlaneUcFrom: true,
  copyImage: true,
  copyImageUcFrom: true,
  copyToBuffer: true,
  fillBlack: true,
  fillColor: true,
  readImageLine: true,
  writeImageLine: true,
  imageLayout: true,
};

/** Makes a defect of the area image: some methods answer wrong, the others as before. */
export function defect(
  id: string,
  description: string,
  change: (image: Image) => Partial<Image>,
): Defect {
  return {
    id: `image/${id}`,
    description,
    wrap(backend: Backend): Backend {
      const image = imageOf(backend);
      const methods: Partial<Record<keyof Image, unknown>> = {};
      for (const name of Object.keys(METHODS) as (keyof Image)[]) methods[name] = image[name].bind(image);
      return {
        id: backend.id,
        library: backend.library,
        image: { ...methods as unknown as Image, ...change(image) },
        // The wrapped backend is its maker's to close.
        [Symbol.dispose]: () => {},
      };
    },
  };
}

/** The `EINVAL` of a call that ought to have worked. */
export function refused(op: string): never {
  throw new MediaError("EINVAL", `Cannot call ${op}: found a planted defect, wanted none`, {
    op,
    averror: AVERROR.EINVAL,
  });
}

/** Tells whether a call throws. */
export function throws(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}

/** Tells whether a format has a flag. */
export function hasFlag(format: PixelFormatName, flag: number): boolean {
  return (pixelFormat(format).flags & flag) !== 0;
}

/** A side that chroma divides without a rest: what flooring sees of it. */
export function floorTo(side: number, shift: number): number {
  return (side >> shift) << shift;
}
