import type { VectorTest } from "../../model.ts";
import { BAD_INTEGERS, BAD_SIDES, PLANES, sides } from "./axes.ts";
import { FORMATS, SHAPES, skipFormat, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt, pushPerPlane } from "./point.ts";

const linesizeTest: VectorTest = {
  kind: "vector",
  id: "image/linesize",
  op: "av_image_get_linesize",
  parameters: ["format", "width", "plane"],
  simplest: ["yuv420p", 1, 0],
  grids: (scope, seed) => [
    [FORMATS, sides(scope, seed, "linesize width", 12), PLANES],
    [SHAPES, BAD_SIDES, [0, 1]],
    [[UNKNOWN_FORMAT], [17], PLANES],
    [SHAPES, [17], [-1, 4, ...BAD_INTEGERS]],
  ],
  answer(backend, point, out) {
    out.push(imageOf(backend).linesize(formatAt(point, 0), numberAt(point, 1), numberAt(point, 2)));
  },
  skip: skipFormat,
};

const linesizesTest: VectorTest = {
  kind: "vector",
  id: "image/linesizes",
  op: "av_image_fill_linesizes",
  parameters: ["format", "width"],
  simplest: ["yuv420p", 1],
  grids: (scope, seed) => [
    [FORMATS, sides(scope, seed, "linesizes width", 24)],
    [SHAPES, BAD_SIDES],
    [[UNKNOWN_FORMAT], [17]],
  ],
  answer: (backend, point, out) =>
    pushPerPlane(imageOf(backend).linesizes(formatAt(point, 0), numberAt(point, 1)), out),
  skip: skipFormat,
};

/** Bytes of a row. */
export const linesizeTests: readonly VectorTest[] = [linesizesTest, linesizeTest];
