import type { PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { pixelFormat } from "@mediamem/core-ts/image";
import type { Answer } from "../../../answer.ts";
import type { KnownDifference } from "../../../model.ts";

/** Where the answer of a descriptor has its flags and its first component of five numbers (descriptors.ts). */
const FLAGS_AT = 4;
const COMPONENTS_AT = 5;

const TESTS: readonly string[] = ["image/pixelFormat", "image/pixelFormatByNumber"];

/** Shift and depth of red, green and blue in `rgb8` before libavutil 59, as if `bgr8` were read backwards. */
export const OLDER_RGB8: readonly (readonly [shift: number, depth: number])[] = [[6, 2], [3, 3], [0, 3]];

/** Formats that libavutil 56 gave a palette that nobody reads. */
export const PSEUDO_PALETTE_FORMATS: ReadonlySet<string> = new Set([
  "gray",
  "bgr8",
  "bgr4_byte",
  "rgb8",
  "rgb4_byte",
]);

/** The components of `rgb8` that older libraries have. */
export function hasOlderRgb8(format: string, major: number): boolean {
  return format === "rgb8" && major < 59;
}

/** Tells whether a format has a component beyond those with content, which only libavutil 60 describes. */
export function hasPaddingComponent(format: PixelFormatName): boolean {
  const { nbComponents, comp } = pixelFormat(format);
  return comp.some(({ depth }, index) => index >= nbComponents && depth > 0);
}

/** Rewrites the newest descriptor into the one that an older major has. */
function makeOlder(format: PixelFormatName, major: number, out: Answer): void {
  const numbers = out.numbers;
  if (hasOlderRgb8(format, major)) {
    for (const [index, [shift, depth]] of OLDER_RGB8.entries()) {
      numbers[COMPONENTS_AT + 5 * index + 3] = shift;
      numbers[COMPONENTS_AT + 5 * index + 4] = depth;
    }
  }
  if (major < 60) {
    numbers.fill(0, COMPONENTS_AT + 5 * pixelFormat(format).nbComponents, COMPONENTS_AT + 20);
  }
  if (major < 59) numbers[FLAGS_AT] = numbers[FLAGS_AT]! & ~PIXEL_FORMAT_FLAG.XYZ;
  if (major === 56 && PSEUDO_PALETTE_FORMATS.has(format)) numbers[FLAGS_AT]! |= PIXEL_FORMAT_FLAG.PSEUDOPAL;
}

function olderDescriptor(
  id: string,
  majors: readonly number[],
  reason: string,
  concerns: (format: PixelFormatName, major: number) => boolean,
): KnownDifference {
  return {
    id: `image/${id}`,
    tests: TESTS,
    majors,
    reason,
    expected(_test, _point, major, ours, out): boolean {
      const format = ours.texts.get(0) as PixelFormatName | undefined;
      if (format === undefined || !concerns(format, major)) return false;
      out.copyFrom(ours);
      makeOlder(format, major, out);
      return true;
    },
  };
}

/** Descriptors that were corrected or extended. */
export const olderDescriptors: readonly KnownDifference[] = [
  olderDescriptor(
    "rgb8-components",
    [56, 57, 58],
    "libavutil 59 corrected rgb8: red has 3 bits at 5 and blue 2 at 0, as the name and every other format say",
    (format) => format === "rgb8",
  ),
  olderDescriptor(
    "padding-component",
    [56, 57, 58, 59],
    "libavutil 60 describes the padding of formats like rgb0 as a component beyond those with content",
    hasPaddingComponent,
  ),
  olderDescriptor(
    "xyz-flag",
    [56, 57, 58],
    "libavutil 59 gave the formats in XYZ colour a flag of their own",
    (format) => (pixelFormat(format).flags & PIXEL_FORMAT_FLAG.XYZ) !== 0,
  ),
  olderDescriptor(
    "pseudo-palette-flag",
    [56],
    "libavutil 57 took the flag PSEUDOPAL and the palettes that nobody read away",
    (format) => PSEUDO_PALETTE_FORMATS.has(format) && format !== "rgb8",
  ),
];
