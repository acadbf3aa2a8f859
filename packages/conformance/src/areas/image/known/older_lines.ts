import { fillColor, pixelFormat, writeImageLine } from "@mediamem/core-ts/image";
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

const rgb8: KnownDifference = {
  id: "image/lines-of-rgb8",
  tests: [READ, WRITE],
  majors: [56, 57, 58],
  reason: "libavutil 59 corrected where the components of rgb8 are",
  expected(test, point, _major, ours, out): boolean {
    if (formatAt(point, 0) !== "rgb8" || ours.error !== null) return false;
    const [shift, depth] = OLDER_RGB8[numberAt(point, 1)]!;
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
