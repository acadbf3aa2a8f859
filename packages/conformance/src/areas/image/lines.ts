import { pixelFormat } from "@mediamem/core-ts/image";
import type { Answer } from "../../answer.ts";
import type { Grid, Point, Reference, Scope, VectorTest } from "../../model.ts";
import {
  HARDWARE_FORMATS,
  memoryFormat,
  SHAPES,
  skipFormat,
  SOFTWARE_FORMATS,
  UNKNOWN_FORMAT,
} from "./formats.ts";
import { makePicture } from "./picture.ts";
import type { Picture } from "./picture.ts";
import { flagAt, formatAt, imageOf, numberAt } from "./point.ts";
import { fillSeeded, sample, seedOf } from "./seeded.ts";
import { olderThan } from "./versions.ts";

/** The picture that lines are read from and written to: odd, with chroma of several samples in every format. */
const WIDTH = 43;
const HEIGHT = 9;

/** All four, also where a format has fewer: those must be left alone. */
const COMPONENTS: readonly number[] = [0, 1, 2, 3];

/** Why lines cannot be compared with the first libraries of FFmpeg 4. */
export const NO_IMAGE_LINE: string = "libavutil before 56.21 has no av_read_image_line2";

/** Samples that the memory of a line has beside those that are asked for: nobody may touch them. */
const SPARE = 4;

/** Format, component, x, y, width, bytes of a sample's element, and one more truth. */
function lineGrids(scope: Scope, seed: number, salt: string): readonly Grid[] {
  const full = scope === "full";
  const starts = full ? [0, 1, 2, 3, 5, 7, 8] : sample([1, 2, 3, 4, 5, 6, 7, 8], 2, seed, `${salt} x`);
  return [
    [SOFTWARE_FORMATS, COMPONENTS, [0], [0], full ? [1, 2, 3, 8, 9, 10] : [1, 10], [2, 4], [false]],
    [SOFTWARE_FORMATS, COMPONENTS, starts, full ? [0, 1, 2] : [2], [1, 2], full ? [2, 4] : [2], [false]],
    [SHAPES, [-1, 4, 0.5, NaN], [0], [0], [1], [2], [false]],
    [SHAPES, [0], [0], [0], [0, -1, 2147483648, 0.5, NaN], [2], [false]],
    [[UNKNOWN_FORMAT], [0], [0], [0], [1], [2], [false]],
    [SHAPES, [0], [0], [-1, 1000, 2147483648, 0.5, NaN], [1], [2], [false]],
    [SHAPES, [0], [-1, 1000, 2147483648, 0.5, NaN], [0], [1], [2], [false]],
    [HARDWARE_FORMATS, [0], [0], [0], [1], [2], [false]],
  ];
}

/** The samples of a case: what reading overwrites, or what is written. */
export function lineSamples(point: Point, toRead: boolean): Uint16Array | Uint32Array {
  const count = Math.min(64, Math.max(0, Math.ceil(numberAt(point, 4)) || 0));
  const line = numberAt(point, 5) === 2 ? new Uint16Array(count + SPARE) : new Uint32Array(count + SPARE);
  fillSeeded(new Uint8Array(line.buffer), seedOf(...point, "line"));
  if (toRead || flagAt(point, 6)) return line;
  const depth = pixelFormat(memoryFormat(formatAt(point, 0))).comp[numberAt(point, 1)]?.depth ?? 0;
  for (let i = 0; i < line.length; i++) line[i] = line[i]! % 2 ** depth;
  return line;
}

/** The picture of a case, before the line is read or written. */
export function linePicture(point: Point): Picture {
  const rows = numberAt(point, 3) === 2 ? "flipped-uneven" : "uneven";
  return makePicture(memoryFormat(formatAt(point, 0)), WIDTH, HEIGHT, rows, seedOf(...point));
}

/** Adds a line to an answer: its first sample, for a person to read, and all of it. */
export function pushLine(line: Uint16Array | Uint32Array, out: Answer): void {
  out.push(line[0]!);
  out.bytes(new Uint8Array(line.buffer));
}

function skipLine(reference: Reference, point: Point): string | null {
  return olderThan(reference, 56, 21) ? NO_IMAGE_LINE : skipFormat(reference, point);
}

const readImageLineTest: VectorTest = {
  kind: "vector",
  id: "image/readImageLine",
  op: "av_read_image_line2",
  parameters: ["format", "component", "x", "y", "width", "bytes", "palette"],
  simplest: ["yuv420p", 0, 0, 0, 1, 2, false],
  grids: (scope, seed) => [
    ...lineGrids(scope, seed, "readImageLine"),
    [SHAPES, [0], [1], [1], [3], [2], [true]],
    [["pal8"], [0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2], [1, 2, 10], [2, 4], [true]],
  ],
  answer(backend, point, out) {
    const { planes } = linePicture(point);
    const line = lineSamples(point, true);
    imageOf(backend).readImageLine(
      line,
      planes,
      formatAt(point, 0),
      numberAt(point, 2),
      numberAt(point, 3),
      numberAt(point, 1),
      numberAt(point, 4),
      flagAt(point, 6),
    );
    pushLine(line, out);
  },
  skip: skipLine,
};

const writeImageLineTest: VectorTest = {
  kind: "vector",
  id: "image/writeImageLine",
  op: "av_write_image_line2",
  parameters: ["format", "component", "x", "y", "width", "bytes", "beyond"],
  simplest: ["yuv420p", 0, 0, 0, 1, 2, false],
  grids: (scope, seed) => [
    ...lineGrids(scope, seed, "writeImageLine"),
    [SOFTWARE_FORMATS, COMPONENTS, scope === "full" ? [0, 1, 2] : [1], [1], [3], [2, 4], [true]],
  ],
  answer(backend, point, out) {
    const { memory, planes } = linePicture(point);
    const line = lineSamples(point, false);
    imageOf(backend).writeImageLine(
      line,
      planes,
      formatAt(point, 0),
      numberAt(point, 2),
      numberAt(point, 3),
      numberAt(point, 1),
      numberAt(point, 4),
    );
    out.bytes(memory);
  },
  skip: skipLine,
};

/** Samples read and written one component at a time. */
export const lineTests: readonly VectorTest[] = [readImageLineTest, writeImageLineTest];
