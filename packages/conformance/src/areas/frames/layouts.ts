import type { Backend, Frame, Planes } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Point, VectorTest } from "../../model.ts";
import { FORMATS, SHAPES, skipFormat, UNKNOWN_FORMAT } from "../image/formats.ts";
import { formatAt, numberAt } from "../image/point.ts";
import { sample } from "../image/seeded.ts";
import { olderThan } from "../image/versions.ts";
import { pictureFrame } from "./frames_of.ts";

/** Sides of frames, which are really allocated: none beyond a large picture. */
const SIDES: readonly number[] = Array.from({ length: 1100 }, (_, index) => index + 1);

/** Up to how far memory is aligned everywhere: beyond it libavutil 60 places planes by their addresses. */
const ALIGNMENTS: readonly number[] = [0, 1, 2, 4, 8, 16, 32, 64];

const BAD_SIDES: readonly number[] = [0, -1, 100_000, 2147483647, 2147483648, 0.5, NaN];
const BAD_ALIGNMENTS: readonly number[] = [3, 6, -1, -32, 0.5, NaN, 2147483648];

/** Adds a layout to an answer: how many planes there are, where each is, and the bytes of their memory. */
export function pushPlanes(planes: Planes | readonly PlacedPlane[], bytes: number, out: Answer): void {
  out.push(planes.length);
  for (const { offset, linesize } of planes) {
    out.push(offset);
    out.push(linesize);
  }
  out.push(bytes);
}

/** Where a plane is. */
export interface PlacedPlane {
  readonly offset: number;
  readonly linesize: number;
}

function pushFrame(frame: Frame, out: Answer): void {
  const { planes, linesizes } = frame;
  pushPlanes(planes, planes[0]!.memory.length, out);
  // One view shows all planes, and the linesizes are those of the planes.
  out.push(planes.every(({ memory }) => memory === planes[0]!.memory) ? 1 : 0);
  out.push(planes.every(({ linesize }, plane) => linesize === linesizes[plane]) ? 1 : 0);
  out.push(linesizes.length);
}

function frameAt(backend: Backend, point: Point): Frame {
  return pictureFrame(
    backend,
    formatAt(point, 0),
    numberAt(point, 1),
    numberAt(point, 2),
    numberAt(point, 3),
  );
}

const getBufferTest: VectorTest = {
  kind: "vector",
  id: "frames/getBuffer",
  op: "av_frame_get_buffer",
  parameters: ["format", "width", "height", "align"],
  simplest: ["yuv420p", 1, 1, 0],
  grids(scope, seed) {
    const full = scope === "full";
    const some = (axis: string): readonly number[] =>
      sample(SIDES, full ? 40 : 3, seed, `frame memory ${axis}`);
    return [
      [FORMATS, full ? [1, 2, 5, 17, 18, 131] : [1, 17, 100], full ? [1, 2, 5, 33] : [1, 50], [0, 1, 32, 64]],
      [FORMATS, some("width"), [1], full ? ALIGNMENTS : [0, 16]],
      [FORMATS, [17], some("height"), full ? ALIGNMENTS : [0, 8]],
      [SHAPES, BAD_SIDES, [1], [0]],
      [SHAPES, [1], BAD_SIDES, [0]],
      [SHAPES, [17], [5], BAD_ALIGNMENTS],
      [[UNKNOWN_FORMAT], [17], [5], [0]],
    ];
  },
  answer(backend, point, out): void {
    using frame = frameAt(backend, point);
    pushFrame(frame, out);
  },
  skip(reference, point) {
    if (olderThan(reference, 56, 22)) {
      return "libavutil before 56.22 gives each plane of a frame its own buffer";
    }
    return skipFormat(reference, point);
  },
};

const makeWritableTest: VectorTest = {
  ...getBufferTest,
  id: "frames/makeWritable.layout",
  op: "av_frame_make_writable",
  grids: (scope) => [
    [FORMATS, scope === "full" ? [1, 2, 17, 100, 131] : [17], scope === "full" ? [1, 5, 50] : [5], [1, 64]],
  ],
  answer(backend, point, out): void {
    using frame = frameAt(backend, point);
    using clone = frame.clone();
    clone.makeWritable();
    pushFrame(clone, out);
  },
};

/** Where the planes of frames are in their memory. */
export const layoutTests: readonly VectorTest[] = [getBufferTest, makeWritableTest];
