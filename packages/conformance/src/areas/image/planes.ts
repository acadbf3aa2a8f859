import type { PerPlane } from "@mediamem/interface";
import type { VectorTest } from "../../model.ts";
import { BAD_SIDES, FEW_SIDES, sides } from "./axes.ts";
import { FORMATS, SHAPES, skipFormat, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt, pushPerPlane, textAt } from "./point.ts";
import { olderThan } from "./versions.ts";

// Four linesizes are one parameter, so that a case's id stays readable.

/** Linesizes of real pictures. */
const LINESIZES: readonly string[] = ["304,160,160,304", "17,9,9,17"];

/** Linesizes that C takes, refuses for their sign, or lets overflow: in every plane, and in one plane only. */
const STRANGE_LINESIZES: readonly string[] = [
  "1,1,1,1",
  "0,0,0,0",
  "-1,-1,-1,-1",
  "-304,160,160,304",
  "304,-160,160,304",
  "304,160,-160,304",
  "304,160,160,-304",
  "0,160,160,304",
  "304,0,160,304",
  "1048576,1048576,1048576,1048576",
  "2147483647,1,1,1",
  "1,2147483647,1,1",
  "2147483647,2147483647,2147483647,2147483647",
  "-2147483648,-2147483648,-2147483648,-2147483648",
];

/** Linesizes that no `int` holds and wrong types, in one plane at a time. */
const BAD_LINESIZES: readonly string[] = ["2147483648", "-2147483649", "0.5", "NaN"].flatMap((bad) =>
  [0, 1, 2, 3].map((plane) => [304, 160, 160, 304].map((good, i) => i === plane ? bad : good).join(","))
);

function linesizesOf(text: string): PerPlane {
  const [a, b, c, d] = text.split(",");
  return [Number(a), Number(b), Number(c), Number(d)];
}

const planeSizesTest: VectorTest = {
  kind: "vector",
  id: "image/planeSizes",
  op: "av_image_fill_plane_sizes",
  parameters: ["format", "height", "linesizes"],
  simplest: ["yuv420p", 1, LINESIZES[0]!],
  grids: (scope, seed) => [
    [FORMATS, sides(scope, seed, "planeSizes height", 12), LINESIZES],
    [FORMATS, scope === "full" ? FEW_SIDES : [1, 51], STRANGE_LINESIZES],
    [SHAPES, BAD_SIDES, LINESIZES],
    [[UNKNOWN_FORMAT], [51], LINESIZES],
    [SHAPES, [51], BAD_LINESIZES],
  ],
  answer(backend, point, out) {
    const image = imageOf(backend);
    pushPerPlane(
      image.planeSizes(formatAt(point, 0), numberAt(point, 1), linesizesOf(textAt(point, 2))),
      out,
    );
  },
  skip(reference, point) {
    if (olderThan(reference, 56, 56)) return "libavutil before 56.56 has no av_image_fill_plane_sizes";
    return skipFormat(reference, point);
  },
};

/** The address of the memory: C only adds to it. */
const ADDRESS = 65536;

const fillPointersTest: VectorTest = {
  kind: "vector",
  id: "image/fillPointers",
  op: "av_image_fill_pointers",
  parameters: ["format", "height", "address", "linesizes"],
  simplest: ["yuv420p", 1, ADDRESS, LINESIZES[0]!],
  grids: (scope, seed) => [
    [FORMATS, sides(scope, seed, "fillPointers height", 8), [ADDRESS], LINESIZES],
    [FORMATS, scope === "full" ? FEW_SIDES : [51], [0, ADDRESS], STRANGE_LINESIZES],
    [SHAPES, [51], [1, 2 ** 32, 2 ** 47, -1, 0.5, NaN], LINESIZES],
    [SHAPES, BAD_SIDES, [ADDRESS], LINESIZES],
    [[UNKNOWN_FORMAT], [51], [ADDRESS], LINESIZES],
    [SHAPES, [51], [ADDRESS], BAD_LINESIZES],
  ],
  answer(backend, point, out) {
    const linesizes = linesizesOf(textAt(point, 3));
    const image = imageOf(backend);
    const { data, size } = image.fillPointers(
      formatAt(point, 0),
      numberAt(point, 1),
      numberAt(point, 2),
      linesizes,
    );
    out.push(size);
    pushPerPlane(data, out);
  },
  skip: skipFormat,
};

/** Bytes and addresses of planes whose linesizes are given. */
export const planeTests: readonly VectorTest[] = [planeSizesTest, fillPointersTest];
