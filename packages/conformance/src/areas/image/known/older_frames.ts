import type { AvutilMajor, FfmpegFrameRules, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "@mediamem/core-ts/image";
import { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { pushLayout } from "../layouts.ts";
import { numberAt } from "../point.ts";

const NEWEST = 60;
const TEST = "image/imageLayout.ffmpegFrame";

function layoutOf(point: Point, rules: FfmpegFrameRules, out: Answer): void {
  try {
    pushLayout(imageLayout(point[0] as PixelFormatName, numberAt(point, 1), numberAt(point, 2), rules), out);
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    out.fail(error.code);
  }
}

/** Tells whether our answer is the layout of that major: a third one must not pass for a known difference. */
function isLayoutOf(point: Point, major: number, ours: Answer): boolean {
  const wanted = new Answer();
  layoutOf(point, { name: "ffmpegFrame", align: numberAt(point, 3), major: major as AvutilMajor }, wanted);
  return wanted.equals(ours);
}

const arithmetic: KnownDifference = {
  id: "image/frame-of-older-major",
  tests: [TEST],
  majors: [56, 57, 58, 59],
  reason: "each major pads frames in its own way; a rule set that names none means the newest",
  expected(_test, point, major, ours, out): boolean {
    if (point[4] !== null || !isLayoutOf(point, NEWEST, ours)) return false;
    layoutOf(point, { name: "ffmpegFrame", align: numberAt(point, 3), major: major as AvutilMajor }, out);
    return true;
  },
};

const build: KnownDifference = {
  id: "image/frame-of-narrow-build",
  tests: [TEST],
  majors: [59, 60],
  reason:
    "FFmpeg 7.0, and later ones built without AVX-512, align frames to 32 bytes; a rule set that names no build means 64",
  expected(_test, point, major, ours, out): boolean {
    // Where 59 is told how to align, and where 60 is told to align to 64, all builds are alike.
    if (major === 59 ? numberAt(point, 3) !== 0 : numberAt(point, 3) >= 64) return false;
    if (!isLayoutOf(point, point[4] === null ? NEWEST : major, ours)) return false;
    const rules = {
      name: "ffmpegFrame",
      align: numberAt(point, 3),
      major: major as AvutilMajor,
      buildAlign: 32,
    } as const;
    layoutOf(point, rules, out);
    return true;
  },
};

/** Frames of older majors and of other builds. */
export const olderFrames: readonly KnownDifference[] = [arithmetic, build];
