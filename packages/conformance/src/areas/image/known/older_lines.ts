import { fillColor, pixelFormat, writeImageLine } from "@mediamem/core-ts/image";
import { Answer } from "../../../answer.ts";
import type { KnownDifference, Point } from "../../../model.ts";
import { fillColorOf, fillPicture } from "../fills.ts";
import { linePicture, lineSamples, pushLine } from "../lines.ts";
import { formatAt, numberAt } from "../point.ts";
import { hasPaddingComponent, OLDER_RGB8 } from "./older_descriptors.ts";

const READ = "image/readImageLine";
const WRITE = "image/writeImageLine";

/** Where the first sample of a line in a format with one byte a pixel is. */
function start(point: Point, offset: number, linesize: number): number {
  return offset + numberAt(point, 3) * linesize + numberAt(point, 2);
}

/** Shift and depth of red, green and blue in `rgb8` since libavutil 59. */
const NEWEST_RGB8: typeof OLDER_RGB8 = [[5, 3], [2, 3], [0, 2]];

/** Reads or writes a line of `rgb8` whose components lie as given. */
function lineOfRgb8(test: string, point: Point, components: typeof OLDER_RGB8, out: Answer): boolean {
  const component = components[numberAt(point, 1)];
  if (component === undefined) return false;
  const [shift, depth] = component;
  const { memory, planes } = linePicture(point);
  const line = lineSamples(point, test === READ);
  const first = start(point, planes[0]!.offset, planes[0]!.linesize);
  for (let i = 0; i < numberAt(point, 4); i++) {
    if (test === READ) line[i] = (memory[first + i]! >> shift) & (2 ** depth - 1);
    else memory[first + i]! |= line[i]! << shift;
  }
  if (test === READ) pushLine(line, out);
  else out.bytes(memory);
  return true;
}

const rgb8: KnownDifference = {
  id: "image/lines-of-rgb8",
  tests: [READ, WRITE],
  majors: [56, 57, 58],
  reason: "libavutil 59 corrected where the components of rgb8 are",
  expected(test, point, _major, ours, out): boolean {
    if (formatAt(point, 0) !== "rgb8" || ours.error !== null) return false;
    // Ours must be what the newest library answers: a third answer is no known difference.
    const newest = new Answer();
    if (!lineOfRgb8(test, point, NEWEST_RGB8, newest) || !newest.equals(ours)) return false;
    return lineOfRgb8(test, point, OLDER_RGB8, out);
  },
};

const padding: KnownDifference = {
  id: "image/lines-of-padding",
  tests: [READ, WRITE],
  majors: [56, 57, 58, 59],
  reason:
    "libavutil 60 describes the padding of formats like rgb0 as a component: before, there was nothing to read or write",
  expected(test, point, _major, ours, out): boolean {
    const format = formatAt(point, 0);
    if (ours.error !== null || !hasPaddingComponent(format)) return false;
    if (numberAt(point, 1) < pixelFormat(format).nbComponents) return false;
    if (test === READ) pushLine(lineSamples(point, true), out);
    else out.bytes(linePicture(point).memory);
    return true;
  },
};

const packedWords: KnownDifference = {
  id: "image/packed-words",
  tests: [WRITE, "image/fillColor"],
  majors: [58, 59],
  reason:
    "libavutil 60 writes all bits of a sample that is too large for xv30be; before, only the lower 16 were left",
  expected(test, point, _major, ours, out): boolean {
    if (formatAt(point, 0) !== "xv30be" || ours.error !== null) return false;
    if (test === WRITE) {
      const { memory, planes } = linePicture(point);
      const line = lineSamples(point, false).map((sample) => sample & 0xffff);
      writeImageLine(
        line,
        planes,
        "xv30be",
        numberAt(point, 2),
        numberAt(point, 3),
        numberAt(point, 1),
        numberAt(point, 4),
      );
      out.bytes(memory);
    } else {
      const { memory, planes } = fillPicture(point);
      const [a, b, c, d] = fillColorOf(point);
      fillColor(
        planes,
        "xv30be",
        [a & 0xffff, b & 0xffff, c & 0xffff, d & 0xffff],
        numberAt(point, 2),
        numberAt(point, 3),
      );
      out.bytes(memory);
    }
    return true;
  },
};

/** Samples that lay elsewhere. */
export const olderLines: readonly KnownDifference[] = [rgb8, padding, packedWords];
