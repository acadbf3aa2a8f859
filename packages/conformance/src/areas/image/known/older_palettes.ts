import type { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { formatAt, numberAt } from "../point.ts";
import { PSEUDO_PALETTE_FORMATS } from "./older_descriptors.ts";

const PALETTE_BYTES = 1024;
const INT_MAX = 2147483647;

/** Where the answers of sizes and pointers have the size of plane 0, and the address of plane 0. */
function addPalette(test: string, point: Point, out: Answer): void {
  const numbers = out.numbers;
  if (test === "image/planeSizes") {
    numbers[1] = PALETTE_BYTES;
    return;
  }
  const pixels = numbers[0]!;
  if (pixels + PALETTE_BYTES > INT_MAX) return out.fail("EINVAL");
  numbers[0] = pixels + PALETTE_BYTES;
  const address = test === "image/fillPointers" ? numberAt(point, 2) : numberAt(point, 4);
  if (address !== 0) numbers[test === "image/fillPointers" ? 2 : 6] = address + pixels;
}

const pseudoPalette: KnownDifference = {
  id: "image/pseudo-palettes",
  tests: ["image/planeSizes", "image/fillPointers", "image/fillArrays"],
  majors: [56],
  reason:
    "libavutil 57 took the palettes of gray and packed RGB away, which nobody read; before, they had 1024 bytes",
  expected(test, point, _major, ours, out): boolean {
    if (ours.error !== null || !PSEUDO_PALETTE_FORMATS.has(formatAt(point, 0))) return false;
    out.copyFrom(ours);
    addPalette(test, point, out);
    return true;
  },
};

/** Palettes that are no more. */
export const olderPalettes: readonly KnownDifference[] = [pseudoPalette];
