import type { ColorRange, PerPlane } from "@mediamem/interface";
import { pixelFormat } from "@mediamem/core-ts/image";
import type { Grid, Point, Reference, Scope, VectorTest } from "../../model.ts";
import { DRAWN_SIDES, SMALL_SIDES } from "./axes.ts";
import {
  FORMATS,
  HARDWARE_FORMATS,
  memoryFormat,
  SHAPES,
  skipFormat,
  SOFTWARE_FORMATS,
  UNKNOWN_FORMAT,
} from "./formats.ts";
import { makePicture, ROWS, sideOr } from "./picture.ts";
import type { Picture, Rows } from "./picture.ts";
import { formatAt, imageOf, numberAt, textAt } from "./point.ts";
import { sample, seeded, seedOf } from "./seeded.ts";
import { olderThan } from "./versions.ts";

const BAD_SIDES: readonly number[] = [0, -1, 2147483648, 0.5, NaN];

/** Format, some values, width, height, rows: every value in every format, every way for rows to lie. */
function fillGrids(scope: Scope, seed: number, salt: string, values: readonly string[]): readonly Grid[] {
  const full = scope === "full";
  const some = (axis: string): readonly number[] =>
    sample(DRAWN_SIDES, full ? 8 : 2, seed, `${salt} ${axis}`);
  const [first, second] = values as readonly [string, string];
  return [
    [SOFTWARE_FORMATS, values, full ? SMALL_SIDES : [1, 17], full ? SMALL_SIDES : [3], ["packed"]],
    [SOFTWARE_FORMATS, [first], some("width"), some("height"), ["padded"]],
    [SOFTWARE_FORMATS, [second], [17], [5], full ? ROWS : ["uneven", "flipped"]],
    [HARDWARE_FORMATS, [first], [17], [3], ["packed"]],
    [SHAPES, [first], BAD_SIDES, [3], ["packed"]],
    [[UNKNOWN_FORMAT], [first], [17], [3], ["packed"]],
    [SHAPES, [first], [17], BAD_SIDES, ["packed"]],
  ];
}

/** The picture of a case, before it is painted. */
export function fillPicture(point: Point): Picture {
  const width = sideOr(numberAt(point, 2), 17);
  const height = sideOr(numberAt(point, 3), 17);
  return makePicture(
    memoryFormat(formatAt(point, 0)),
    width,
    height,
    textAt(point, 4) as Rows,
    seedOf(...point),
  );
}

const fillBlackTest: VectorTest = {
  kind: "vector",
  id: "image/fillBlack",
  op: "av_image_fill_black",
  parameters: ["format", "range", "width", "height", "rows"],
  simplest: ["yuv420p", "tv", 1, 1, "packed"],
  grids: (scope, seed) => fillGrids(scope, seed, "fillBlack", ["tv", "pc", "unspecified"]),
  answer(backend, point, out) {
    const { memory, planes } = fillPicture(point);
    const range = textAt(point, 1) as ColorRange;
    imageOf(backend).fillBlack(planes, formatAt(point, 0), range, numberAt(point, 2), numberAt(point, 3));
    out.bytes(memory);
  },
  skip: skipFormat,
};

/** Answers without a number: nothing was thrown. */
const canFillBlackTest: VectorTest = {
  kind: "vector",
  id: "image/fillBlack.check",
  op: "av_image_fill_black",
  parameters: ["format", "range", "width", "height"],
  simplest: ["yuv420p", "tv", 1, 1],
  grids: () => [
    [[...FORMATS, UNKNOWN_FORMAT], ["tv", "pc"], [17], [3]],
    [SHAPES, ["unspecified"], BAD_SIDES, [3]],
    [SHAPES, ["unspecified"], [17], BAD_SIDES],
  ],
  answer(backend, point) {
    const range = textAt(point, 1) as ColorRange;
    imageOf(backend).fillBlack(null, formatAt(point, 0), range, numberAt(point, 2), numberAt(point, 3));
  },
  skip: skipFormat,
};

const NO_FILL_COLOR = "libavutil before 58.33 has no av_image_fill_color";

function skipColor(reference: Reference, point: Point): string | null {
  return olderThan(reference, 58, 33) ? NO_FILL_COLOR : skipFormat(reference, point);
}

/**
 * Colours by name: `zero`, `one`, the largest value of each component, one drawn for the case, and bits beyond the components.
 */
const COLORS: readonly string[] = ["drawn", "largest", "zero", "one", "beyond"];

/** The colour of a case, by its name. */
export function fillColorOf(point: Point): PerPlane {
  const name = textAt(point, 1);
  const random = seeded(seedOf(...point, "color"));
  const { comp } = pixelFormat(memoryFormat(formatAt(point, 0)));
  const one = (component: number): number => {
    const largest = 2 ** comp[component]!.depth - 1;
    const drawn = Math.floor(random() * (largest + 1));
    if (name === "zero") return 0;
    if (name === "one") return 1;
    if (name === "largest") return largest;
    return name === "drawn" ? drawn : Math.floor(random() * 4294967296);
  };
  return [one(0), one(1), one(2), one(3)];
}

const fillColorTest: VectorTest = {
  kind: "vector",
  id: "image/fillColor",
  op: "av_image_fill_color",
  parameters: ["format", "color", "width", "height", "rows"],
  simplest: ["yuv420p", "one", 1, 1, "packed"],
  grids: (scope, seed) => fillGrids(scope, seed, "fillColor", COLORS),
  answer(backend, point, out) {
    const { memory, planes } = fillPicture(point);
    imageOf(backend).fillColor(
      planes,
      formatAt(point, 0),
      fillColorOf(point),
      numberAt(point, 2),
      numberAt(point, 3),
    );
    out.bytes(memory);
  },
  skip: skipColor,
};

/** Answers without a number: nothing was thrown. */
const canFillColorTest: VectorTest = {
  kind: "vector",
  id: "image/fillColor.check",
  op: "av_image_fill_color",
  parameters: ["format", "value", "width", "height"],
  simplest: ["yuv420p", 1, 1, 1],
  grids: () => [
    [[...FORMATS, UNKNOWN_FORMAT], [1], [17], [3]],
    [SHAPES, [1], BAD_SIDES, [3]],
    [SHAPES, [1], [17], BAD_SIDES],
    [SHAPES, [0, 4294967295, 4294967296, -1, 0.5, NaN], [17], [3]],
  ],
  answer(backend, point) {
    const values: PerPlane = [numberAt(point, 1), 0, 0, 0];
    imageOf(backend).fillColor(null, formatAt(point, 0), values, numberAt(point, 2), numberAt(point, 3));
  },
  skip: skipColor,
};

/** Pictures painted black and in one colour, compared byte by byte with everything around them. */
export const fillTests: readonly VectorTest[] = [
  fillBlackTest,
  canFillBlackTest,
  fillColorTest,
  canFillColorTest,
];
