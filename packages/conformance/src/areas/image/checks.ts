import type { PixelFormatName } from "@mediamem/interface";
import type { VectorTest } from "../../model.ts";
import { BAD_SIDES, BOUNDARY_SIDES, FEW_SIDES, SIDES } from "./axes.ts";
import { FORMATS, lacksFormat, SHAPES, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt } from "./point.ts";
import { sample } from "./seeded.ts";

// An answer without a number says that nothing was thrown.

const checkSizeTest: VectorTest = {
  kind: "vector",
  id: "image/checkSize",
  op: "av_image_check_size",
  parameters: ["width", "height"],
  simplest: [1, 1],
  grids: (scope, seed) => [
    ...(scope === "full" ? [[SIDES, SIDES]] : [[SIDES, sample(SIDES, 16, seed, "checkSize height")], [
      sample(SIDES, 16, seed, "checkSize width"),
      SIDES,
    ]]),
    [BAD_SIDES, [1]],
    [[1], BAD_SIDES],
  ],
  answer: (backend, point) => imageOf(backend).checkSize(numberAt(point, 0), numberAt(point, 1)),
};

/** Budgets on either side of the pictures that the grid has, and those that refuse or take everything. */
const MAX_PIXELS: readonly number[] = [
  -1,
  0,
  1,
  5 * 5,
  5 * 5 - 1,
  1920 * 1080,
  1920 * 1080 - 1,
  2 ** 31,
  Number.MAX_SAFE_INTEGER,
];

const checkSize2Test: VectorTest = {
  kind: "vector",
  id: "image/checkSize2",
  op: "av_image_check_size2",
  parameters: ["width", "height", "maxPixels", "format"],
  simplest: [1, 1, Number.MAX_SAFE_INTEGER, "yuv420p"],
  grids(scope, seed) {
    const full = scope === "full";
    const all: readonly (PixelFormatName | null)[] = [...FORMATS, null];
    const some = (axis: string): readonly number[] =>
      sample(SIDES, full ? 24 : 5, seed, `checkSize2 ${axis}`);
    const unlimited = [Number.MAX_SAFE_INTEGER];
    return [
      [[1, 5, 1920], [1, 5, 1080], MAX_PIXELS, full ? all : [...SHAPES, null]],
      [full ? SIDES : BOUNDARY_SIDES, full ? FEW_SIDES : [1, 16255], unlimited, all],
      [full ? FEW_SIDES : [1, 16255], full ? SIDES : BOUNDARY_SIDES, unlimited, all],
      [some("width"), some("height"), unlimited, all],
      [[32767, 45767, 45768, 22978, 22979, 2080767, 2080768], [1, 32767, 45767, 22978], unlimited, all],
      [BAD_SIDES, [1], unlimited, ["yuv420p", null]],
      [[1], BAD_SIDES, unlimited, ["yuv420p", null]],
      [[1], [1], [0.5, NaN, Infinity], ["yuv420p"]],
      [[1], [1], unlimited, [UNKNOWN_FORMAT]],
    ];
  },
  answer(backend, point) {
    const format = point[3] === null ? null : formatAt(point, 3);
    imageOf(backend).checkSize2(numberAt(point, 0), numberAt(point, 1), numberAt(point, 2), format);
  },
  skip: (reference, point) => point[3] === null ? null : lacksFormat(reference, point[3]),
};

const TERMS: readonly number[] = [0, 1, 2, 3, 15, 16, 17, 1000, 2147483647];

const checkSarTest: VectorTest = {
  kind: "vector",
  id: "image/checkSar",
  op: "av_image_check_sar",
  parameters: ["width", "height", "num", "den"],
  simplest: [16, 16, 1, 1],
  grids: (scope, seed) => [
    [FEW_SIDES, FEW_SIDES, TERMS, TERMS],
    [
      sample(SIDES, scope === "full" ? 60 : 12, seed, "checkSar width"),
      sample(SIDES, scope === "full" ? 60 : 12, seed, "checkSar height"),
      scope === "full" ? TERMS : [1, 17],
      scope === "full" ? TERMS : [1, 17, 2147483647],
    ],
    [[16], [16], [-1, -2147483648, 2147483648, 0.5, NaN], [1]],
    [[16], [16], [1], [-1, -2147483648, 2147483648, 0.5, NaN]],
    [BAD_SIDES, [16], [1, 2], [1, 2]],
    [[16], BAD_SIDES, [1, 2], [1, 2]],
  ],
  answer(backend, point) {
    imageOf(backend).checkSar(numberAt(point, 0), numberAt(point, 1), numberAt(point, 2), numberAt(point, 3));
  },
};

/** The checks of a picture's size and pixel aspect. */
export const checkTests: readonly VectorTest[] = [checkSizeTest, checkSize2Test, checkSarTest];
