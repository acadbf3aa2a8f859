import type { Backend, ImageLayout } from "@mediamem/interface";
import type { Grid, Point, Scope, VectorTest } from "../../model.ts";
import {
  ALIGNMENTS,
  BAD_INTEGERS,
  BAD_SIDES,
  BOUNDARY_SIDES,
  FEW_ALIGNMENTS,
  FEW_SIDES,
  LARGE_SIDES,
  ODD_ALIGNMENTS,
  SAFE_SIDES,
  SIDES,
} from "./axes.ts";
import { FORMATS, SHAPES, skipFormat, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt, pushPerPlane } from "./point.ts";
import { sample } from "./seeded.ts";

/**
 * Format x width x height x alignment: in the full scope the whole cross product of what no format refuses, and every larger side
 * beside few others.
 */
function pictureGrids(scope: Scope, seed: number, salt: string): readonly Grid[] {
  const bad: readonly Grid[] = [
    [SHAPES, FEW_SIDES, FEW_SIDES, ODD_ALIGNMENTS],
    [SHAPES, BAD_SIDES, [1], [1, 16]],
    [SHAPES, [1], BAD_SIDES, [1, 16]],
    [[UNKNOWN_FORMAT], [17], [5], [1, 16]],
    [SHAPES, [17], [5], [...BAD_INTEGERS, 2147483647, -2147483648, 1024, 1073741824]],
  ];
  if (scope === "full") {
    return [
      [FORMATS, SAFE_SIDES, SAFE_SIDES, ALIGNMENTS],
      [FORMATS, LARGE_SIDES, FEW_SIDES, ALIGNMENTS],
      [FORMATS, FEW_SIDES, LARGE_SIDES, ALIGNMENTS],
      ...bad,
    ];
  }
  const some = (axis: string, count: number): readonly number[] =>
    sample(SIDES, count, seed, `${salt} ${axis}`);
  return [
    [FORMATS, BOUNDARY_SIDES, [1, 51], FEW_ALIGNMENTS],
    [FORMATS, some("width", 4), some("height", 3), sample(ALIGNMENTS, 2, seed, `${salt} align`)],
    [SHAPES, [17], BOUNDARY_SIDES, ALIGNMENTS],
    ...bad,
  ];
}

/** The picture that a point with format, width, height and alignment is about; null where there is none. */
function picture(backend: Backend, point: Point): ImageLayout | null {
  try {
    const rules = { name: "ffmpeg", align: numberAt(point, 3) } as const;
    return imageOf(backend).imageLayout(formatAt(point, 0), numberAt(point, 1), numberAt(point, 2), rules);
  } catch {
    return null;
  }
}

const bufferSizeTest: VectorTest = {
  kind: "vector",
  id: "image/bufferSize",
  op: "av_image_get_buffer_size",
  parameters: ["format", "width", "height", "align"],
  simplest: ["yuv420p", 1, 1, 1],
  grids: (scope, seed) => pictureGrids(scope, seed, "bufferSize"),
  answer(backend, point, out) {
    const image = imageOf(backend);
    out.push(
      image.bufferSize(formatAt(point, 0), numberAt(point, 1), numberAt(point, 2), numberAt(point, 3)),
    );
  },
  skip: skipFormat,
  picture,
};

const fillArraysTest: VectorTest = {
  kind: "vector",
  id: "image/fillArrays",
  op: "av_image_fill_arrays",
  parameters: ["format", "width", "height", "align", "address"],
  simplest: ["yuv420p", 1, 1, 1, 65536],
  grids: (scope, seed) => [
    ...pictureGrids(scope, seed, "fillArrays").map((grid): Grid => [...grid, [65536]]),
    [SHAPES, [17], [5], [1, 16], [0, 1, 2 ** 47, 0.5, NaN, -1]],
  ],
  answer(backend, point, out) {
    const image = imageOf(backend);
    const { data, size, linesizes } = image.fillArrays(
      formatAt(point, 0),
      numberAt(point, 1),
      numberAt(point, 2),
      numberAt(point, 3),
      numberAt(point, 4),
    );
    out.push(size);
    pushPerPlane(linesizes, out);
    pushPerPlane(data, out);
  },
  skip: skipFormat,
  picture,
};

/** Bytes of whole pictures. */
export const sizeTests: readonly VectorTest[] = [bufferSizeTest, fillArraysTest];
