import type { AvutilMajor, Backend, FfmpegFrameRules, ImageLayout } from "@mediamem/interface";
import { AVUTIL_MAJORS } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Point, VectorTest } from "../../model.ts";
import { ALIGNMENTS, BAD_SIDES, FEW_ALIGNMENTS, FEW_SIDES, ODD_ALIGNMENTS, sides } from "./axes.ts";
import { FORMATS, SHAPES, skipFormat, UNKNOWN_FORMAT } from "./formats.ts";
import { formatAt, imageOf, numberAt } from "./point.ts";
import { sample } from "./seeded.ts";
import { ofOtherMajor, olderThan } from "./versions.ts";

/** Sides of frames, which are really allocated: none beyond a large picture. */
const FRAME_SIDES: readonly number[] = Array.from({ length: 1100 }, (_, index) => index + 1);

/** How far the memory of a frame is sure to be aligned. */
const SURE_ALIGNMENT = 64;

/** Adds a layout to an answer: its size, and six numbers a plane. */
export function pushLayout(layout: ImageLayout, out: Answer): void {
  out.push(layout.size);
  for (const { plane, offset, linesize, rowBytes, rows, extent } of layout.planes) {
    out.push(plane);
    out.push(offset);
    out.push(linesize);
    out.push(rowBytes);
    out.push(rows);
    out.push(extent);
  }
}

function ffmpegLayout(backend: Backend, point: Point): ImageLayout {
  const rules = { name: "ffmpeg", align: numberAt(point, 3) } as const;
  return imageOf(backend).imageLayout(formatAt(point, 0), numberAt(point, 1), numberAt(point, 2), rules);
}

function ffmpegFrameLayout(backend: Backend, point: Point): ImageLayout {
  const align = numberAt(point, 3);
  const rules: FfmpegFrameRules = point[4] === null
    ? { name: "ffmpegFrame", align }
    : { name: "ffmpegFrame", align, major: numberAt(point, 4) as AvutilMajor };
  return imageOf(backend).imageLayout(formatAt(point, 0), numberAt(point, 1), numberAt(point, 2), rules);
}

/** The layout to draw; null where the case has none because it is about an error. */
function drawable(
  layout: (backend: Backend, point: Point) => ImageLayout,
): NonNullable<VectorTest["picture"]> {
  return (backend, point) => {
    try {
      return layout(backend, point);
    } catch {
      return null;
    }
  };
}

const ffmpegTest: VectorTest = {
  kind: "vector",
  id: "image/imageLayout.ffmpeg",
  op: "av_image_fill_arrays",
  parameters: ["format", "width", "height", "align"],
  simplest: ["yuv420p", 1, 1, 1],
  grids: (scope, seed) => [
    [FORMATS, sides(scope, seed, "ffmpeg width", 0), scope === "full" ? FEW_SIDES : [1, 51], FEW_ALIGNMENTS],
    [FORMATS, [17], sides(scope, seed, "ffmpeg height", 4), scope === "full" ? ALIGNMENTS : [32]],
    [SHAPES, FEW_SIDES, [1, 5], ODD_ALIGNMENTS],
    [SHAPES, BAD_SIDES, [1], [1]],
    [SHAPES, [1], BAD_SIDES, [1]],
    [[UNKNOWN_FORMAT], [17], [5], [1]],
  ],
  answer: (backend, point, out) => pushLayout(ffmpegLayout(backend, point), out),
  skip: skipFormat,
  picture: drawable(ffmpegLayout),
};

const ffmpegFrameTest: VectorTest = {
  kind: "vector",
  id: "image/imageLayout.ffmpegFrame",
  op: "av_frame_get_buffer",
  parameters: ["format", "width", "height", "align", "major"],
  simplest: ["yuv420p", 1, 1, 1, null],
  grids(scope, seed) {
    const full = scope === "full";
    const some = (axis: string): readonly number[] =>
      sample(FRAME_SIDES, full ? 40 : 3, seed, `frame ${axis}`);
    const majors = [null, ...AVUTIL_MAJORS];
    return [
      [FORMATS, full ? FEW_SIDES : [1, 17, 100], full ? FEW_SIDES : [1, 50], [0, 1, 32, 64], majors],
      [FORMATS, some("width"), [1], full ? ALIGNMENTS : [0, 16], majors],
      [FORMATS, [17], some("height"), full ? ALIGNMENTS : [0, 128], majors],
      [SHAPES, [1, 17, 100], [1, 50], [3, 6, -1, 128, 256, 512], majors],
      [SHAPES, [0, -1, 2147483647, 2147483648, 0.5, NaN], [1], [0], [null]],
      [SHAPES, [1], [0, -1, 2147483647, 2147483648, 0.5, NaN], [0], [null]],
      [[UNKNOWN_FORMAT], [17], [5], [0], [null]],
      [["yuv420p"], [17], [5], [0.5, NaN, 2147483648, -2147483648], [null]],
    ];
  },
  answer: (backend, point, out) => pushLayout(ffmpegFrameLayout(backend, point), out),
  skip(reference, point) {
    if (olderThan(reference, 56, 22)) {
      return "libavutil before 56.22 gives each plane of a frame its own buffer";
    }
    if (point[4] !== null && ofOtherMajor(reference, point[4])) {
      return "a library lays out as its own major only";
    }
    if (!olderThan(reference, 60, 0) && reference.major !== null && Number(point[3]) > SURE_ALIGNMENT) {
      return "libavutil 60 rounds planes up by their address, and memory is not aligned that far";
    }
    return skipFormat(reference, point);
  },
  picture: drawable(ffmpegFrameLayout),
};

/** Layouts under the rule sets that libavutil has. */
export const layoutTests: readonly VectorTest[] = [ffmpegTest, ffmpegFrameTest];
