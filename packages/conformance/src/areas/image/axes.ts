import type { Scope } from "../../model.ts";
import { sample } from "./seeded.ts";

/** Sides around which a limit lies: a wide or high picture alone, squares of 8, 4 and 2 bytes a pixel. */
const LIMITS: readonly number[] = [2080767, 16255, 16383, 22978, 32767, 45767];

function around(values: readonly number[]): readonly number[] {
  return values.flatMap((value) => [value - 1, value, value + 1]);
}

function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** The whole axis of widths and heights: 1 to 130, and the neighbours of every power of two and of every limit. */
export const SIDES: readonly number[] = ascending([
  ...Array.from({ length: 130 }, (_, index) => index + 1),
  ...around(Array.from({ length: 24 }, (_, index) => 2 ** (index + 8))),
  ...around(LIMITS),
]);

/** Sides that a square picture of every format may have. */
export const SAFE_SIDES: readonly number[] = SIDES.filter((side) => side <= 16255);

/** The other ones. */
export const LARGE_SIDES: readonly number[] = SIDES.filter((side) => side > 16255);

/** Sides on which a rule of layout turns: one pixel, odd, either side of 8, 16, 32 and 64, the usual picture, each limit. */
export const BOUNDARY_SIDES: readonly number[] = [1, 2, 3, 7, 8, 9, 17, 31, 33, 64, 65, 1920, 16255, 16256];

/** Few sides that differ in every chroma shift. */
export const FEW_SIDES: readonly number[] = [1, 2, 5, 18, 131, 1080];

/** Sides of pictures whose bytes are compared. */
export const SMALL_SIDES: readonly number[] = [1, 2, 3, 5, 8, 17];

/** Sides that pictures whose bytes are compared draw from: larger ones show nothing that smaller ones do not. */
export const DRAWN_SIDES: readonly number[] = SIDES.filter((side) => side <= 130);

/** The alignments that C means. */
export const ALIGNMENTS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/** Few alignments: none, below and above the 8 pixels that `av_image_alloc` tells apart, a wide one. */
export const FEW_ALIGNMENTS: readonly number[] = [1, 4, 16, 64];

/** Alignments that are no powers of two. C takes them and rounds with bits. */
export const ODD_ALIGNMENTS: readonly number[] = [0, 3, 6, -1];

/** Values that no side of a picture has; fractions and NaN are wrong types. */
export const BAD_SIDES: readonly number[] = [
  0,
  -1,
  -2147483648,
  2147483647,
  2147483648,
  4294967296,
  0.5,
  NaN,
];

/** Values that no C `int` holds, and wrong types. */
export const BAD_INTEGERS: readonly number[] = [2147483648, -2147483649, 0.5, NaN];

/** The planes of a picture. */
export const PLANES: readonly number[] = [0, 1, 2, 3];

/** The axis of one parameter in a scope: all sides, or the boundaries and a sample of the others. */
export function sides(scope: Scope, seed: number, salt: string, count: number): readonly number[] {
  return scope === "full" ? SIDES : ascending([...BOUNDARY_SIDES, ...sample(SIDES, count, seed, salt)]);
}
