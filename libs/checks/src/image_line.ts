import type { PixelFormatDescriptor, Planes } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { checkInt, invalid, show } from "./numbers.ts";
import { checkPalette, checkPlane, checkRange } from "./planes.ts";
import { kindOf, lengthOf } from "./typed_array.ts";

/** What the checks of `av_read_image_line2` and `av_write_image_line2` ask about a call. */
export interface ImageLineCall {
  /** The C function. */
  readonly op: string;
  /** The name of the argument that holds the planes: `src` or `dst`. */
  readonly planesName: string;
  /** The name of the argument that holds the samples. */
  readonly samplesName: string;
  /** Whether indices are looked up in a palette. */
  readonly palette: boolean;
}

/** A line that is read. */
export const READ_LINE: ImageLineCall = {
  op: "av_read_image_line2",
  planesName: "src",
  samplesName: "dst",
  palette: false,
};

/** A line that is read through the palette. */
export const READ_PALETTE_LINE: ImageLineCall = { ...READ_LINE, palette: true };

/** A line that is written. */
export const WRITE_LINE: ImageLineCall = {
  op: "av_write_image_line2",
  planesName: "dst",
  samplesName: "src",
  palette: false,
};

/**
 * Throws unless `width` samples of a component can be read or written: every byte lies inside its plane, and `samples` has room.
 *
 * Gives false where there is nothing to do: no samples, or a component that the format does not have.
 */
export function checkImageLine(
  call: ImageLineCall,
  format: PixelFormatDescriptor,
  planes: Planes,
  x: number,
  y: number,
  component: number,
  width: number,
  samples: Uint16Array | Uint32Array,
): boolean {
  const { op, planesName, samplesName } = call;
  checkInt(op, "x", x);
  checkInt(op, "y", y);
  checkInt(op, "component", component);
  checkInt(op, "width", width);
  const kind = kindOf(samples);
  if (kind !== "Uint16Array" && kind !== "Uint32Array") {
    throw new TypeError(
      `Cannot call ${op}: ${samplesName} is ${show(samples)}, wanted a Uint16Array or a Uint32Array`,
    );
  }
  if (!Array.isArray(planes)) {
    throw new TypeError(`Cannot call ${op}: ${planesName} is ${show(planes)}, wanted an array of planes`);
  }
  const sample = format.comp[component];
  if (sample === undefined) invalid(op, `Cannot call ${op}: component is ${component}, wanted 0 to 3`);
  if (width < 0) invalid(op, `Cannot call ${op}: width is ${width}, wanted at least 0`);
  const length = lengthOf(samples);
  if (length < width) {
    invalid(op, `Cannot call ${op}: ${samplesName} has ${length} elements, wanted at least ${width}`);
  }
  if (sample.depth === 0 || width === 0) return false;

  const name = `${planesName}[${sample.plane}]`;
  const plane = planes[sample.plane];
  checkPlane(op, name, plane);
  let first: number;
  let end: number;
  if ((format.flags & PIXEL_FORMAT_FLAG.BITSTREAM) === 0) {
    const bits = sample.shift + sample.depth;
    const bytes = bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
    // Big-endian formats name the first byte of the word that a narrow sample is the last byte of.
    const inWord = bytes === 1 && (format.flags & PIXEL_FORMAT_FLAG.BE) !== 0 ? 1 : 0;
    first = x * sample.step + sample.offset + inWord;
    end = first + (width - 1) * sample.step + bytes;
  } else if (sample.step > 8) {
    // Words of 32 bits that C reads from the start of the row, whatever x is.
    first = 0;
    end = 4 * width;
  } else {
    const bit = x * sample.step + sample.offset;
    first = Math.floor(bit / 8);
    end = Math.floor((bit + (width - 1) * sample.step) / 8) + 1;
  }
  const row = plane.offset + y * plane.linesize;
  checkRange(op, name, plane.memory, row + first, row + end);
  if (call.palette) {
    if ((format.flags & PIXEL_FORMAT_FLAG.PAL) === 0) {
      invalid(op, `Cannot call ${op}: ${format.name} has no palette, wanted a format with one`);
    }
    checkPalette(op, planesName, planes);
  }
  return true;
}
