import type { AvutilMajor, FfmpegFrameRules, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "@mediamem/core-ts/image";
import { Answer } from "../../answer.ts";
import type { KnownDifference, Point } from "../../model.ts";
import { numberAt } from "../image/point.ts";
import { pushPlanes } from "./layouts.ts";

const NEWEST = 60;
const GET_BUFFER = "frames/getBuffer";
const MAKE_WRITABLE = "frames/makeWritable.layout";

/** Writes what a frame of that major answers to a test of layouts: with C's own align where it is C that asks for memory. */
function layoutOf(
  test: string,
  point: Point,
  rules: Omit<FfmpegFrameRules, "name" | "align">,
  out: Answer,
): void {
  const align = test === MAKE_WRITABLE ? 0 : numberAt(point, 3);
  try {
    const [format, width, height] = [point[0] as PixelFormatName, numberAt(point, 1), numberAt(point, 2)];
    const { planes, size } = imageLayout(format, width, height, { name: "ffmpegFrame", align, ...rules });
    pushPlanes(planes, size, out);
    for (const also of [1, 1, planes.length]) out.push(also);
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    out.fail(error.code);
  }
}

/** Tells whether our answer is the layout of the newest major: a third one must not pass for a known difference. */
function isNewest(test: string, point: Point, ours: Answer): boolean {
  const wanted = new Answer();
  layoutOf(test, point, { major: NEWEST }, wanted);
  return wanted.equals(ours);
}

const arithmetic: KnownDifference = {
  id: "frames/layout-of-older-major",
  tests: [GET_BUFFER, MAKE_WRITABLE],
  majors: [56, 57, 58, 59],
  reason: "each major pads the memory of frames in its own way; core-ts follows the newest",
  expected(test, point, major, ours, out): boolean {
    if (!isNewest(test, point, ours)) return false;
    layoutOf(test, point, { major: major as AvutilMajor }, out);
    return true;
  },
};

const build: KnownDifference = {
  id: "frames/layout-of-narrow-build",
  tests: [GET_BUFFER, MAKE_WRITABLE],
  majors: [59, 60],
  reason:
    "FFmpeg 7.0, and later ones built without AVX-512, align frames to 32 bytes; core-ts aligns them to 64",
  expected(test, point, major, ours, out): boolean {
    if (!isNewest(test, point, ours)) return false;
    layoutOf(test, point, { major: major as AvutilMajor, buildAlign: 32 }, out);
    return true;
  },
};

/** Where older majors and other builds answer otherwise than the newest, which `core-ts` follows. */
export const framesKnown: readonly KnownDifference[] = [arithmetic, build];
