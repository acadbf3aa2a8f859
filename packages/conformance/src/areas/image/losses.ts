import type { PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_LOSS } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Point, Reference, VectorTest } from "../../model.ts";
import { FORMATS, lacksFormat, SHAPES, UNKNOWN_FORMAT } from "./formats.ts";
import { flagAt, formatAt, formatsAt, imageOf, numberAt } from "./point.ts";
import { sample } from "./seeded.ts";

const { RESOLUTION, DEPTH, COLORSPACE, ALPHA } = PIXEL_FORMAT_LOSS;

/** Sets of losses that a caller may not mind: none, each kind of score, all. */
const MASKS: readonly number[] = [0, RESOLUTION, DEPTH | COLORSPACE, ALPHA, 255];

/** Lists of candidates as they stand in a case's id; the empty list has no winner. */
const LISTS: readonly string[] = [
  "",
  "yuv420p",
  "rgb24,bgr24",
  "bgr24,rgb24",
  "gray,monow,monob",
  "pal8,rgb8,bgr8,rgb4_byte",
  "yuv420p,yuv422p,yuv444p",
  "yuv444p,yuv422p,yuv420p",
  "yuvj420p,yuv420p,nv12,nv21",
  "yuva420p,rgba,argb,ya8",
  "yuv420p10le,p010le,yuv420p12le,yuv420p16le",
  "cuda,yuv420p",
  "yuv410p,yuv411p,yuv440p,uyyvyy411",
  "gbrp,gbrp10le,gbrapf32le,rgb48le",
  "xyz12le,rgb48le,yuv444p16le",
];

function skipFormats(count: number): (reference: Reference, point: Point) => string | null {
  return (reference, point) => {
    for (let i = 0; i < count; i++) {
      const reason = lacksFormat(reference, point[i]);
      if (reason !== null) return reason;
    }
    return null;
  };
}

function pushBest(best: { readonly format: string | null; readonly loss: number }, out: Answer): void {
  out.text(best.format ?? "null");
  out.push(best.loss);
}

const pixFmtLossTest: VectorTest = {
  kind: "vector",
  id: "image/pixFmtLoss",
  op: "av_get_pix_fmt_loss",
  parameters: ["dst", "src", "hasAlpha"],
  simplest: ["yuv420p", "yuv420p", true],
  grids: (scope, seed) => [
    [FORMATS, FORMATS, [true]],
    [FORMATS, scope === "full" ? FORMATS : sample(FORMATS, 24, seed, "pixFmtLoss src"), [false]],
    [[UNKNOWN_FORMAT], SHAPES, [true, false]],
    [SHAPES, [UNKNOWN_FORMAT], [true, false]],
  ],
  answer(backend, point, out) {
    out.push(imageOf(backend).pixFmtLoss(formatAt(point, 0), formatAt(point, 1), flagAt(point, 2)));
  },
  skip: skipFormats(2),
};

const findBestPixFmtOf2Test: VectorTest = {
  kind: "vector",
  id: "image/findBestPixFmtOf2",
  op: "av_find_best_pix_fmt_of_2",
  parameters: ["dst1", "dst2", "src", "hasAlpha", "lossMask"],
  simplest: ["yuv420p", "yuv420p", "yuv420p", true, 0],
  grids(scope, seed) {
    const full = scope === "full";
    const some = (count: number, salt: string): readonly PixelFormatName[] =>
      sample(FORMATS, count, seed, `findBestPixFmtOf2 ${salt}`);
    const candidates = [...SHAPES, "cuda", null];
    return [
      [candidates, candidates, [...SHAPES, "cuda"], [true, false], [0]],
      [candidates, candidates, some(full ? 60 : 4, "src"), [true], MASKS],
      [
        full ? FORMATS : some(28, "dst1"),
        full ? FORMATS : some(28, "dst2"),
        some(full ? 16 : 12, "src of all"),
        [true],
        [0],
      ],
      [[UNKNOWN_FORMAT], ["yuv420p"], ["yuv420p"], [true], [0]],
      [["yuv420p"], [UNKNOWN_FORMAT], ["yuv420p"], [true], [0]],
      [["yuv420p"], ["yuv420p"], [UNKNOWN_FORMAT], [true], [0]],
      [["rgb24"], ["yuv420p"], ["yuv420p"], [true], [-1, 256, 2147483648, 0.5, NaN]],
    ];
  },
  answer(backend, point, out) {
    const dst1 = point[0] === null ? null : formatAt(point, 0);
    const dst2 = point[1] === null ? null : formatAt(point, 1);
    const image = imageOf(backend);
    pushBest(
      image.findBestPixFmtOf2(dst1, dst2, formatAt(point, 2), flagAt(point, 3), numberAt(point, 4)),
      out,
    );
  },
  skip: skipFormats(3),
};

const findBestPixFmtOfListTest: VectorTest = {
  kind: "vector",
  id: "image/findBestPixFmtOfList",
  op: "avcodec_find_best_pix_fmt_of_list",
  parameters: ["dsts", "src", "hasAlpha", "lossMask"],
  simplest: ["yuv420p", "yuv420p", true, 0],
  grids: (scope, seed) => [
    [LISTS, FORMATS, [true], [0]],
    [
      LISTS,
      scope === "full" ? FORMATS : sample(FORMATS, 16, seed, "findBestPixFmtOfList src"),
      [false],
      MASKS,
    ],
    [[UNKNOWN_FORMAT, `yuv420p,${UNKNOWN_FORMAT}`], ["yuv420p"], [true], [0]],
    [["yuv420p,rgb24"], [UNKNOWN_FORMAT], [true], [0]],
  ],
  answer(backend, point, out) {
    const dsts = formatsAt(point, 0);
    const image = imageOf(backend);
    pushBest(image.findBestPixFmtOfList(dsts, formatAt(point, 1), flagAt(point, 2), numberAt(point, 3)), out);
  },
  skip(reference, point) {
    for (const format of formatsAt(point, 0)) {
      const reason = lacksFormat(reference, format);
      if (reason !== null) return reason;
    }
    return lacksFormat(reference, point[1]);
  },
};

/** What a conversion loses, and which target loses least. */
export const lossTests: readonly VectorTest[] = [
  pixFmtLossTest,
  findBestPixFmtOf2Test,
  findBestPixFmtOfListTest,
];
