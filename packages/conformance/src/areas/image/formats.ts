import type { PixelFormatDescriptor, PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { pixelFormat, pixelFormats } from "@mediamem/core-ts/image";
import type { Point, Reference } from "../../model.ts";

/** Every pixel format of libavutil 56 to 60: the axis of all format grids. What else a library has, it is asked for by number. */
export const FORMATS: readonly PixelFormatName[] = pixelFormats();

const KNOWN: ReadonlySet<string> = new Set(FORMATS);

/** A name that no library knows: the broken rule beside every format axis. */
export const UNKNOWN_FORMAT = "nosuch" as PixelFormatName;

/** The format of the memory that stands for a picture of a format: one that exists. */
export function memoryFormat(format: PixelFormatName): PixelFormatName {
  return format === UNKNOWN_FORMAT ? "gray" : format;
}

/** Tells whether pixels of the format live on a device, where no layout is known. */
export function isHardware(format: PixelFormatName): boolean {
  return (pixelFormat(format).flags & PIXEL_FORMAT_FLAG.HWACCEL) !== 0;
}

/** Formats with a layout. */
export const SOFTWARE_FORMATS: readonly PixelFormatName[] = FORMATS.filter((format) => !isHardware(format));

/** Formats without a layout. */
export const HARDWARE_FORMATS: readonly PixelFormatName[] = FORMATS.filter(isHardware);

/** One format of each shape that the size functions tell apart, simplest first. All have a layout: bad sizes break one rule only. */
export const SHAPES: readonly PixelFormatName[] = [
  "yuv420p",
  "gray",
  "rgb24",
  "rgba",
  "nv12",
  "yuyv422",
  "uyyvyy411",
  "yuv410p",
  "yuv440p",
  "yuva420p",
  "pal8",
  "monow",
  "rgb4",
  "rgb8",
  "p010le",
  "yuv420p10be",
  "gbrapf32le",
  "xv30be",
  "rgba64le",
];

/** The descriptor of a format as `core-ts` has it, null for a name that it does not know. */
export function descriptorOf(name: string): PixelFormatDescriptor | null {
  try {
    return pixelFormat(name);
  } catch {
    return null;
  }
}

/** The reason of {@linkcode lacksFormat}. */
export const LACKS_FORMAT = "the library does not have this pixel format";

/** Why a format cannot be compared with this library, null where it can. Names that nobody knows are compared. */
export function lacksFormat(reference: Reference, format: unknown): string | null {
  return reference.formats.has(format as string) || !KNOWN.has(format as string) ? null : LACKS_FORMAT;
}

/** {@linkcode lacksFormat} for tests whose first parameter is the format. */
export function skipFormat(reference: Reference, point: Point): string | null {
  return lacksFormat(reference, point[0]);
}
