import {
  AVUTIL_MAJORS,
  type AvutilMajor,
  type ComponentDescriptor,
  type Image,
  PIXEL_FORMAT_FLAG,
  type PixelFormatDescriptor,
  type PixelFormatName,
} from "@mediamem/interface";
import { GSTREAMER_FORMATS, WEBCODECS_FORMATS } from "@mediamem/core-ts/image";

/** A pixel format as `mediamem formats --json` prints it. */
export interface FormatReport {
  readonly name: PixelFormatName;
  readonly alias: readonly string[];
  readonly nbComponents: number;
  readonly planes: number;
  readonly bitsPerPixel: number;
  readonly paddedBitsPerPixel: number;
  readonly log2ChromaW: number;
  readonly log2ChromaH: number;
  /** Names of the bits that are set, as C spells them. */
  readonly flags: readonly string[];
  readonly swapEndianness: PixelFormatName | null;
  /** The `GstVideoFormat` with the same bytes; null where there is none. */
  readonly gstreamer: string | null;
  /** The `VideoPixelFormat` of WebCodecs with the same bytes; null where there is none. */
  readonly webcodecs: string | null;
  /** The number in each major of libavutil that has the format. */
  readonly numbers: Readonly<Record<string, number>>;
  readonly components: readonly ComponentDescriptor[];
}

/** Names the flags that are set. */
export function flagNames(flags: number): string[] {
  return Object.entries(PIXEL_FORMAT_FLAG).filter(([, bit]) => (flags & bit) !== 0).map(([name]) => name);
}

/** Everything there is to say about one format. */
export function formatReport(image: Image, name: PixelFormatName): FormatReport {
  const descriptor = image.pixelFormat(name);
  const numbers = AVUTIL_MAJORS.map((major) =>
    [String(major), image.pixelFormatNumber(name, major)] as const
  );
  return {
    name,
    alias: descriptor.alias,
    nbComponents: descriptor.nbComponents,
    planes: image.countPlanes(name),
    bitsPerPixel: image.bitsPerPixel(name),
    paddedBitsPerPixel: image.paddedBitsPerPixel(name),
    log2ChromaW: descriptor.log2ChromaW,
    log2ChromaH: descriptor.log2ChromaH,
    flags: flagNames(descriptor.flags),
    swapEndianness: image.swapEndianness(name),
    gstreamer: GSTREAMER_FORMATS[name] ?? null,
    webcodecs: WEBCODECS_FORMATS[name] ?? null,
    numbers: Object.fromEntries(numbers.filter(([, number]) => number >= 0)),
    components: descriptor.comp.slice(0, descriptor.nbComponents),
  };
}

/** The majors that have a format, in short: `56-60`, `56-57`, `58`. */
export function majorsInWords(numbers: Readonly<Record<string, number>>): string {
  const runs: AvutilMajor[][] = [];
  for (const major of AVUTIL_MAJORS) {
    if (!(major in numbers)) continue;
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1) === major - 1) run.push(major);
    else runs.push([major]);
  }
  return runs.map((run) => run.length === 1 ? String(run[0]) : `${run[0]}-${run.at(-1)}`).join(",");
}

const SUBSAMPLING: Readonly<Record<string, string>> = {
  "0,0": "4:4:4",
  "0,1": "4:4:0",
  "1,0": "4:2:2",
  "1,1": "4:2:0",
  "2,0": "4:1:1",
  "2,2": "4:1:0",
};

/** How chroma is subsampled, `-` for formats without chroma. */
export function chromaInWords(
  descriptor: Pick<PixelFormatDescriptor, "nbComponents" | "flags" | "log2ChromaW" | "log2ChromaH">,
): string {
  const { RGB, XYZ, BAYER, PAL, HWACCEL } = PIXEL_FORMAT_FLAG;
  if (descriptor.nbComponents < 3 || (descriptor.flags & (RGB | XYZ | BAYER | PAL | HWACCEL)) !== 0) {
    return "-";
  }
  const shifts = `${descriptor.log2ChromaW},${descriptor.log2ChromaH}`;
  return SUBSAMPLING[shifts] ?? shifts;
}
