import type { VectorTest } from "../../model.ts";
import { ALIGNMENTS, BAD_INTEGERS, FEW_ALIGNMENTS, ODD_ALIGNMENTS } from "./axes.ts";
import { FORMATS, SHAPES, skipFormat, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt } from "./point.ts";
import { sample } from "./seeded.ts";

/** Small on purpose: every case takes memory from the library, and the minimiser may try all between the least and the greatest. */
const WIDTHS: readonly number[] = Array.from({ length: 130 }, (_, index) => index + 1);

const BAD_SIDES: readonly number[] = [0, -1, 2147483647, 2147483648, 0.5, NaN];

const allocImageTest: VectorTest = {
  kind: "vector",
  id: "image/allocImage",
  op: "av_image_alloc",
  parameters: ["format", "width", "height", "align"],
  simplest: ["yuv420p", 1, 1, 1],
  grids: (scope, seed) => [
    scope === "full"
      ? [FORMATS, [1, 2, 3, 5, 8, 17, 33, 63, 64, 65], [1, 2, 51], ALIGNMENTS]
      : [FORMATS, [1, 3, 17], [1, 5], FEW_ALIGNMENTS],
    [FORMATS, sample(WIDTHS, scope === "full" ? 24 : 4, seed, "allocImage width"), [2], [8, 32]],
    [FORMATS, [17], sample(WIDTHS, scope === "full" ? 24 : 2, seed, "allocImage height"), [32]],
    [SHAPES, [1, 17], [1, 5], ODD_ALIGNMENTS],
    [SHAPES, BAD_SIDES, [1], [16]],
    [SHAPES, [1], BAD_SIDES, [16]],
    [[UNKNOWN_FORMAT], [17], [5], [16]],
    [SHAPES, [17], [5], BAD_INTEGERS],
  ],
  answer(backend, point, out) {
    const image = imageOf(backend);
    using picture = image.allocImage(
      formatAt(point, 0),
      numberAt(point, 1),
      numberAt(point, 2),
      numberAt(point, 3),
    );
    out.push(picture.size);
    // Only the relation: where the memory lies is each allocator's own business.
    out.push(picture.address % 16);
    for (const { memory, offset, linesize } of picture.planes) {
      out.push(memory.length);
      out.push(offset);
      out.push(linesize);
    }
  },
  skip: skipFormat,
};

/** Memory for pictures. */
export const allocationTests: readonly VectorTest[] = [allocImageTest];
