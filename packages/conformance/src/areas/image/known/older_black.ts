import type { PixelFormatDescriptor, PixelFormatName, Plane } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { linesizes, pixelFormat, planeSizes, writeImageLine } from "@mediamem/core-ts/image";
import { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { fillPicture } from "../fills.ts";
import { formatAt, numberAt, textAt } from "../point.ts";

const { RGB, PAL, BITSTREAM, XYZ, FLOAT, ALPHA } = PIXEL_FORMAT_FLAG;

function isMono(format: PixelFormatName): boolean {
  return format === "monow" || format === "monob";
}

/** Tells whether libavutil 56 to 58 can paint a picture black. */
function canFillBlack({ name, flags, nbComponents, comp }: PixelFormatDescriptor, width: number): boolean {
  const rgb = (flags & RGB) !== 0;
  if ((flags & BITSTREAM) !== 0) return (rgb || isMono(name)) && width > 0;
  return comp.slice(0, nbComponents).every(({ depth }) => depth <= 16 && (rgb || depth >= 8));
}

/** The sample that libavutil 56 to 58 take for black: chroma is the second component of whatever is not RGB. */
function blackSample({ flags, comp }: PixelFormatDescriptor, component: number, limited: boolean): number {
  const { depth } = comp[component]!;
  const rgb = (flags & RGB) !== 0;
  if (component === 3) return 2 ** depth - 1;
  if (component === 0) return limited && !rgb ? 16 * 2 ** (depth - 8) : 0;
  return rgb ? 0 : 128 * 2 ** (depth - 8);
}

/** Floats of 16 and of 32 bits, as bits. */
const FLOATS: Readonly<Record<number, Readonly<Record<number, number>>>> = {
  16: { 0.0625: 0x2c00, 0.5: 0x3800, 1: 0x3c00 },
  32: { 0.0625: 0x3d800000, 0.5: 0x3f000000, 1: 0x3f800000 },
};

/** The sample that libavutil takes for black since 59: a fraction of the range, whatever the samples are made of. */
function newestSample(format: PixelFormatDescriptor, component: number, limited: boolean): number {
  const { name, flags, nbComponents, comp } = format;
  const { depth } = comp[component]!;
  if ((flags & PAL) !== 0) return 0;
  if (isMono(name)) return name === "monow" ? 1 : 0;
  const opaque = (flags & ALPHA) !== 0 && component === nbComponents - 1;
  const coloured = (flags & (RGB | XYZ)) === 0;
  const part = opaque ? 1 : !coloured ? 0 : component > 0 ? 0.5 : limited ? 0.0625 : 0;
  if (part === 0) return 0;
  if ((flags & FLOAT) !== 0) return FLOATS[depth]![part]!;
  return opaque ? 2 ** depth - 1 : part * 2 ** depth;
}

type Sample = (format: PixelFormatDescriptor, component: number, limited: boolean) => number;

/** The bytes that a library repeats along the rows of a plane. */
function block(format: PixelFormatDescriptor, plane: number, limited: boolean, sampleOf: Sample): Uint8Array {
  const used = format.comp.map((comp, component) => ({ ...comp, component }))
    .filter((comp) => comp.component < format.nbComponents && comp.plane === plane);
  // Steps of bitstream formats are bits: 8 groups of them end with a byte.
  const groups = (format.flags & BITSTREAM) !== 0 ? 8 : 1;
  const bytes = new Uint8Array(Math.max(...used.map(({ step }) => step)));
  const planes = Array.from(
    { length: 4 },
    (): Plane => ({ memory: bytes, offset: 0, linesize: bytes.length }),
  );
  for (const { component, step } of used) {
    const samples = new Uint32Array(Math.floor(groups * bytes.length / step));
    samples.fill(sampleOf(format, component, limited));
    writeImageLine(samples, planes, format.name, 0, 0, component, samples.length);
  }
  return bytes;
}

/** What libavutil 56 to 58 repeat in bitstream formats: a byte without knowing its parts. */
function olderBlock(format: PixelFormatDescriptor, plane: number, limited: boolean): Uint8Array {
  if ((format.flags & BITSTREAM) !== 0) return new Uint8Array([format.name === "monow" ? 0xff : 0]);
  return block(format, plane, limited, blackSample);
}

function newestBlock(format: PixelFormatDescriptor, plane: number, limited: boolean): Uint8Array {
  return block(format, plane, limited, newestSample);
}

/** Paints the picture of a case. */
function paint(point: Point, blockOf: typeof newestBlock, out: Answer): void {
  const name = formatAt(point, 0);
  const format = pixelFormat(name);
  const { memory, planes } = fillPicture(point);
  const rowBytes = linesizes(name, numberAt(point, 2));
  const rows = planeSizes(name, Math.max(0, numberAt(point, 3)), [1, 1, 1, 1]);
  for (const [i, { offset, linesize }] of planes.entries()) {
    if ((format.flags & PAL) !== 0 && i > 0) break;
    const bytes = blockOf(format, i, textAt(point, 1) !== "pc");
    for (let y = 0; y < rows[i]!; y++) {
      for (let x = 0; x < rowBytes[i]!; x++) memory[offset + y * linesize + x] = bytes[x % bytes.length]!;
    }
  }
  out.bytes(memory);
}

/** Tells whether our answer is what libavutil paints since 59: a third picture must not pass for a known difference. */
function isNewestBlack(point: Point, ours: Answer): boolean {
  const newest = new Answer();
  paint(point, newestBlock, newest);
  return newest.equals(ours);
}

function olderBlack(
  id: string,
  reason: string,
  concerns: (format: PixelFormatDescriptor) => boolean,
): KnownDifference {
  return {
    id: `image/${id}`,
    tests: ["image/fillBlack", "image/fillBlack.check"],
    majors: [56, 57, 58],
    reason,
    expected(test, point, _major, ours, out): boolean {
      const format = pixelFormat(formatAt(point, 0));
      if (ours.error !== null || !concerns(format)) return false;
      if (test === "image/fillBlack" && !isNewestBlack(point, ours)) return false;
      if (!canFillBlack(format, numberAt(point, 2))) out.fail("EINVAL");
      else if (test === "image/fillBlack") paint(point, olderBlock, out);
      return true;
    },
  };
}

/** What black was before libavutil 59. */
export const olderBlacks: readonly KnownDifference[] = [
  olderBlack(
    "black-of-palettes",
    "libavutil 59 paints pal8 with index 0; before, limited black was index 16, whatever colour that has",
    ({ flags }) => (flags & PAL) !== 0,
  ),
  olderBlack(
    "black-of-floats",
    "libavutil 59 began to paint floats and samples of more than 16 bits; before, they were refused, and halves got integers",
    ({ flags, comp }) => (flags & FLOAT) !== 0 || comp[0].depth > 16,
  ),
  olderBlack(
    "black-of-gray-alpha",
    "libavutil 59 paints the alpha of ya8 and ya16 opaque; before, a second component was taken for chroma",
    ({ flags, nbComponents }) => nbComponents === 2 && (flags & ALPHA) !== 0,
  ),
  olderBlack(
    "black-of-xyz",
    "libavutil 59 paints XYZ with zeros; before, it was taken for YUV",
    ({ flags }) => (flags & XYZ) !== 0,
  ),
  olderBlack(
    "black-of-bitstreams",
    "libavutil 59 paints bitstream formats like all others; before, only RGB and mono could be, and no empty row",
    ({ flags }) => (flags & BITSTREAM) !== 0,
  ),
];
