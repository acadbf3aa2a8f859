import type { AvutilMajor, FfmpegFrameRules, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "@mediamem/core-ts/image";
import type { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { pushLayout } from "../layouts.ts";
import { formatAt, numberAt } from "../point.ts";

const TEST = "image/imageLayout.ffmpegFrame";

function layoutOf(point: Point, rules: FfmpegFrameRules, out: Answer): void {
  try {
    pushLayout(imageLayout(point[0] as PixelFormatName, numberAt(point, 1), numberAt(point, 2), rules), out);
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    out.fail(error.code);
  }
}

const arithmetic: KnownDifference = {
  id: "image/frame-of-older-major",
  tests: [TEST],
  majors: [56, 57, 58, 59],
  reason: "each major pads frames in its own way; a rule set that names none means the newest",
  expected(_test, point, major, _ours, out): boolean {
    if (point[4] !== null) return false;
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
  expected(_test, point, major, _ours, out): boolean {
    if (formatAt(point, 0) === undefined) return false;
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
