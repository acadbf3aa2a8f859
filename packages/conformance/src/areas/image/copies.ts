import { bufferSize } from "@mediamem/core-ts/image";
import type { Point, VectorTest } from "../../model.ts";
import { DRAWN_SIDES, FEW_ALIGNMENTS, SMALL_SIDES } from "./axes.ts";
import {
  HARDWARE_FORMATS,
  memoryFormat,
  SHAPES,
  skipFormat,
  SOFTWARE_FORMATS,
  UNKNOWN_FORMAT,
} from "./formats.ts";
import { makePicture, makePlane, ROWS, sideOr } from "./picture.ts";
import type { Picture, Rows } from "./picture.ts";
import { formatAt, imageOf, numberAt, textAt } from "./point.ts";
import { fillSeeded, sample, seedOf } from "./seeded.ts";
import { olderThan } from "./versions.ts";

const NO_UNCACHEABLE = "libavutil before 57.4 has no av_image_copy_plane_uc_from";

function copyPlaneTest(name: "copyPlane" | "copyPlaneUcFrom", op: string): VectorTest {
  return {
    kind: "vector",
    id: `image/${name}`,
    op,
    parameters: ["bytewidth", "height", "dstLinesize", "srcLinesize", "shift"],
    simplest: [1, 1, 64, 64, 0],
    grids: (scope, seed) => [
      [[0, 1, 2, 15, 16, 17, 63, 64], [0, 1, 2, 5], [64, 67, -64, -67], [64, 67, -64, -67], [0, 1]],
      [
        sample(DRAWN_SIDES, scope === "full" ? 60 : 12, seed, `${name} bytewidth`),
        sample(DRAWN_SIDES, scope === "full" ? 12 : 3, seed, `${name} height`),
        [130, 192, -192],
        [130, 192, -192],
        [0, 3],
      ],
      [[17], [5], [16, -16], [17], [0]],
      [[17], [5], [17], [16, -16], [0]],
      [[17], [1], [0, 16], [17], [0]],
      [[17], [5], [0], [17], [0]],
      [[17], [5], [17], [0], [0]],
      [[-1, -2147483648, 2147483648, 0.5, NaN], [5], [64], [64], [0]],
      [[17], [-1, -2147483648, 2147483648, 0.5, NaN], [64], [64], [0]],
    ],
    answer(backend, point, out) {
      const [width, height, dstLinesize, srcLinesize, shift] = point as readonly [
        number,
        number,
        number,
        number,
        number,
      ];
      const rowBytes = sideOr(width, 64);
      const rows = sideOr(height, 5);
      const src = makePlane(rowBytes, rows, srcLinesize, shift, seedOf(...point, "src"));
      const dst = makePlane(rowBytes, rows, dstLinesize, 0, seedOf(...point, "dst"));
      imageOf(backend)[name](dst, src, width, height);
      out.bytes(dst.memory);
    },
    skip: (reference) => name === "copyPlaneUcFrom" && olderThan(reference, 57, 4) ? NO_UNCACHEABLE : null,
  };
}

const BAD_SIDES: readonly number[] = [0, -1, 2147483648, 0.5, NaN];

function copyImageTest(name: "copyImage" | "copyImageUcFrom", op: string): VectorTest {
  return {
    kind: "vector",
    id: `image/${name}`,
    op,
    parameters: ["format", "width", "height", "dst", "src"],
    simplest: ["yuv420p", 1, 1, "packed", "packed"],
    grids(scope, seed) {
      const full = scope === "full";
      const some = (axis: string): readonly number[] =>
        sample(DRAWN_SIDES, full ? 8 : 2, seed, `${name} ${axis}`);
      return [
        [SOFTWARE_FORMATS, full ? SMALL_SIDES : [1, 3], full ? SMALL_SIDES : [1, 5], ["packed"], ["packed"]],
        [SOFTWARE_FORMATS, some("width"), some("height"), ["uneven"], ["padded"]],
        [
          SOFTWARE_FORMATS,
          [17],
          [3],
          full ? ROWS : ["padded", "flipped-uneven"],
          full ? ROWS : ["uneven", "flipped"],
        ],
        [HARDWARE_FORMATS, [17], [3], ["packed"], ["packed"]],
        [SHAPES, BAD_SIDES, [5], ["packed"], ["packed"]],
        [SHAPES, [17], BAD_SIDES, ["packed"], ["packed"]],
      ];
    },
    answer(backend, point, out) {
      const format = formatAt(point, 0);
      const width = numberAt(point, 1);
      const height = numberAt(point, 2);
      // A picture that cannot be is asked of the backend over the memory of one that can.
      const memoryWidth = sideOr(width, 17);
      const memoryHeight = sideOr(height, 5);
      const make = (role: string, rows: Rows): Picture =>
        makePicture(format, memoryWidth, memoryHeight, rows, seedOf(...point, role));
      const dst = make("dst", textAt(point, 3) as Rows);
      const src = make("src", textAt(point, 4) as Rows);
      imageOf(backend)[name](dst.planes, src.planes, format, width, height);
      out.bytes(dst.memory);
    },
    skip: skipFormat,
  };
}

/** Bytes before the destination of a copy to a buffer, and after it. */
const MARGIN = 64;

const copyToBufferTest: VectorTest = {
  kind: "vector",
  id: "image/copyToBuffer",
  op: "av_image_copy_to_buffer",
  parameters: ["format", "width", "height", "align", "slack", "src"],
  simplest: ["yuv420p", 1, 1, 1, 0, "packed"],
  grids(scope, seed) {
    const full = scope === "full";
    const some = (axis: string): readonly number[] =>
      sample(DRAWN_SIDES, full ? 8 : 2, seed, `copyToBuffer ${axis}`);
    return [
      [SOFTWARE_FORMATS, full ? SMALL_SIDES : [1, 3], full ? SMALL_SIDES : [5], FEW_ALIGNMENTS, [0], [
        "packed",
      ]],
      [SOFTWARE_FORMATS, some("width"), some("height"), [32], [9], full ? ROWS : ["flipped-uneven"]],
      [SOFTWARE_FORMATS, [17], [3], [1, 16], [-1], ["packed"]],
      [HARDWARE_FORMATS, [17], [3], [1], [0], ["packed"]],
      [SHAPES, [17], [3], [0, 3, 6, -1, 0.5, NaN, 2147483648], [4096], ["packed"]],
      [SHAPES, BAD_SIDES, [3], [1], [4096], ["packed"]],
      [SHAPES, [17], BAD_SIDES, [1], [4096], ["packed"]],
      [[UNKNOWN_FORMAT], [17], [3], [1], [4096], ["packed"]],
    ];
  },
  answer(backend, point, out) {
    const image = imageOf(backend);
    const format = formatAt(point, 0);
    const width = numberAt(point, 1);
    const height = numberAt(point, 2);
    const { planes } = makePicture(
      memoryFormat(format),
      sideOr(width, 17),
      sideOr(height, 5),
      textAt(point, 5) as Rows,
      seedOf(...point, "src"),
    );
    const memory = new Uint8Array(2 * MARGIN + Math.max(0, needed(point) + numberAt(point, 4)));
    fillSeeded(memory, seedOf(...point, "dst"));
    const dst = memory.subarray(MARGIN, memory.length - MARGIN);
    out.push(image.copyToBuffer(dst, planes, format, width, height, numberAt(point, 3)));
    out.bytes(memory);
  },
  skip: skipFormat,
};

/** Bytes that a buffer must have for a picture; 1 where the picture cannot be. */
function needed(point: Point): number {
  try {
    return bufferSize(formatAt(point, 0), numberAt(point, 1), numberAt(point, 2), numberAt(point, 3));
  } catch {
    return 1;
  }
}

/** Copies of planes and pictures, compared byte by byte with everything around them. */
export const copyTests: readonly VectorTest[] = [
  copyPlaneTest("copyPlane", "av_image_copy_plane"),
  copyPlaneTest("copyPlaneUcFrom", "av_image_copy_plane_uc_from"),
  copyImageTest("copyImage", "av_image_copy"),
  copyImageTest("copyImageUcFrom", "av_image_copy_uc_from"),
  copyToBufferTest,
];
