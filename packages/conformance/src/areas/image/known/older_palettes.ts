import type { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { formatAt, numberAt } from "../point.ts";
import { PSEUDO_PALETTE_FORMATS } from "./older_descriptors.ts";

const PALETTE_BYTES = 1024;
const INT_MAX = 2147483647;

/** The palette that an older answer counts and points to: behind the pixels of the one plane. */
function addPalette(test: string, point: Point, out: Answer): void {
  const numbers = out.numbers;
  if (test === "image/planeSizes") {
    numbers[1] = PALETTE_BYTES;
    return;
  }
  const pixels = numbers[0]!;
  if (pixels + PALETTE_BYTES > INT_MAX) return out.fail("EINVAL");
  numbers[0] = pixels + PALETTE_BYTES;
  if (test === "image/fillPointers" && numberAt(point, 2) !== 0) numbers[2] = numberAt(point, 2) + pixels;
  else if (test === "image/fillArrays" && numberAt(point, 4) !== 0) numbers[6] = numberAt(point, 4) + pixels;
  else if (test === "image/allocImage") {
    if (numberAt(point, 3) < 4) return out.fail("EINVAL");
    // Behind the size and the alignment of the address: the length of the memory.
    numbers[2] = numbers[0];
  }
}

const pseudoPalette: KnownDifference = {
  id: "image/pseudo-palettes",
  tests: [
    "image/planeSizes",
    "image/fillPointers",
    "image/fillArrays",
    "image/imageLayout.ffmpeg",
    "image/allocImage",
  ],
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

const negativeAlign: KnownDifference = {
  id: "image/alloc-of-negative-align",
  tests: ["image/allocImage"],
  majors: [56],
  reason:
    "libavutil 57 counts the alignment on top of the size with care; before, less was allocated than said, so we refuse",
  expected(_test, point, _major, ours, out): boolean {
    if (ours.error === "TypeError" || numberAt(point, 3) >= 0) return false;
    out.fail("EINVAL");
    return true;
  },
};

const wrappedSize: KnownDifference = {
  id: "image/wrapped-size-of-pseudo-palettes",
  tests: ["image/bufferSize"],
  majors: [56],
  reason:
    "libavutil 57 checks the size of gray and packed RGB; before, it wrapped around, often to a negative number that is no error code",
  expected(_test, point, _major, ours, out): boolean {
    if (ours.error !== "EINVAL" || !PSEUDO_PALETTE_FORMATS.has(formatAt(point, 0))) return false;
    const align = numberAt(point, 3);
    // One byte a pixel, in the 32 bits of an int.
    const linesize = (numberAt(point, 1) + align - 1) & ~(align - 1);
    const wrapped = Math.imul(linesize, numberAt(point, 2));
    if (wrapped < 0) {
      out.fail("UNKNOWN");
    } else {
      out.clear();
      out.push(wrapped);
    }
    return true;
  },
};

/** Palettes that are no more, and memory that was too small. */
export const olderPalettes: readonly KnownDifference[] = [pseudoPalette, negativeAlign, wrappedSize];
