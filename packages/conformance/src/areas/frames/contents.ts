import type { Answer } from "../../answer.ts";
import type { VectorTest } from "../../model.ts";
import { FORMATS, SHAPES, skipFormat } from "../image/formats.ts";
import { formatAt, numberAt } from "../image/point.ts";
import { pictureFrame } from "./frames_of.ts";
import { paintPixels, pixelsOf, readPixels } from "./pixels.ts";
import type { Frame } from "@mediamem/interface";

function paint(frame: Frame, seed: number): void {
  paintPixels(pixelsOf(frame)!, seed);
}

function pushPixels(frame: Frame, out: Answer): void {
  out.bytes(readPixels(pixelsOf(frame)!));
}

const copyTest: VectorTest = {
  kind: "vector",
  id: "frames/copy",
  op: "av_frame_copy",
  parameters: ["format", "width", "height", "moreWidth", "moreHeight"],
  simplest: ["yuv420p", 1, 1, 0, 0],
  grids: (scope) => [
    [FORMATS, scope === "full" ? [1, 2, 3, 8, 17, 33] : [2, 17], scope === "full" ? [1, 2, 5, 9] : [5], [
      0,
      3,
    ], [
      0,
      2,
    ]],
    [SHAPES, [8, 17], [8, 5], [-1, 0, 1], [-1, 0, 1]],
  ],
  answer(backend, point, out): void {
    const format = formatAt(point, 0);
    const [width, height] = [numberAt(point, 1), numberAt(point, 2)];
    using src = pictureFrame(backend, format, width, height, 0);
    using dst = pictureFrame(backend, format, width + numberAt(point, 3), height + numberAt(point, 4), 1);
    paint(src, 1);
    paint(dst, 2);
    dst.copy(src);
    pushPixels(dst, out);
    pushPixels(src, out);
  },
  skip: skipFormat,
};

const makeWritableTest: VectorTest = {
  kind: "vector",
  id: "frames/makeWritable",
  op: "av_frame_make_writable",
  parameters: ["format", "width", "height", "crop"],
  simplest: ["yuv420p", 1, 1, 0],
  grids: (scope) => [
    [FORMATS, scope === "full" ? [2, 3, 8, 17, 33] : [2, 17], scope === "full" ? [2, 5, 9] : [5], [0, 1]],
  ],
  answer(backend, point, out): void {
    using frame = pictureFrame(backend, formatAt(point, 0), numberAt(point, 1), numberAt(point, 2), 0);
    paint(frame, 1);
    using clone = frame.clone();
    clone.width -= numberAt(point, 3);
    clone.height -= numberAt(point, 3);
    clone.makeWritable();
    pushPixels(clone, out);
    paint(clone, 2);
    pushPixels(frame, out);
  },
  skip: skipFormat,
};

/** The bytes of pictures that are copied, in every format. */
export const contentTests: readonly VectorTest[] = [copyTest, makeWritableTest];
