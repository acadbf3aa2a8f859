import type { ColorRange, PixelFormatName } from "@mediamem/interface";
import * as fc from "fast-check";
import type { Operation } from "../../model.ts";
import { TraceArbitrary } from "../../trace_arbitrary.ts";

// The words of a trace. `at` is a handle: a place that holds one picture, live or freed.

/** Takes memory for a picture and puts it into a place; what was there before is freed at the end of the trace. */
export function alloc(
  at: number,
  format: PixelFormatName,
  width: number,
  height: number,
  align: number,
): Operation {
  return { op: "alloc", at, format, size: [width, height], align };
}

/** Paints a picture black. */
export function fillBlack(at: number, range: ColorRange): Operation {
  return { op: "fillBlack", at, range };
}

/** Paints a picture in one colour. */
export function fillColor(at: number, color: readonly [number, number, number, number]): Operation {
  return { op: "fillColor", at, color };
}

/** Writes samples that follow from `seed`. */
export function writeLine(
  at: number,
  component: number,
  x: number,
  y: number,
  width: number,
  seed: number,
): Operation {
  return { op: "writeLine", at, component, from: [x, y], width, seed };
}

/** Reads samples. */
export function readLine(at: number, component: number, x: number, y: number, width: number): Operation {
  return { op: "readLine", at, component, from: [x, y], width };
}

/** Copies the picture of one place to another, top row to bottom row where `flip` is true. */
export function copy(from: number, to: number, flip: boolean): Operation {
  return { op: "copy", from, to, flip };
}

/** Copies a picture into one buffer. */
export function copyToBuffer(at: number, align: number): Operation {
  return { op: "copyToBuffer", at, align };
}

/** Gives a picture's memory back. */
export function free(at: number): Operation {
  return { op: "free", at };
}

/** One format of each way to lie in memory, simplest first. */
const FORMATS: readonly PixelFormatName[] = [
  "gray",
  "yuv420p",
  "rgb24",
  "nv12",
  "yuyv422",
  "yuva420p",
  "yuv420p10be",
  "rgb565le",
  "monow",
  "rgb4",
  "pal8",
  "cuda",
];

const PLACES = 3;

/** Random traces that shrink to few operations on small pictures. */
export function traces(withColor: boolean): fc.Arbitrary<readonly Operation[]> {
  const place = fc.nat(PLACES - 1);
  const side = fc.integer({ min: 1, max: 19 });
  const align = fc.constantFrom(1, 4, 8, 16, 64);
  const allocation = fc.tuple(place, fc.constantFrom(...FORMATS), side, side, align).map((args) =>
    alloc(...args)
  );
  const byte = fc.nat(255);
  const operation = fc.oneof(
    { weight: 3, arbitrary: allocation },
    {
      weight: 2,
      arbitrary: fc.tuple(place, fc.constantFrom<ColorRange[]>("tv", "pc")).map((args) => fillBlack(...args)),
    },
    {
      weight: withColor ? 4 : 0,
      arbitrary: fc.tuple(place, fc.tuple(byte, byte, byte, byte)).map((args) => fillColor(...args)),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(place, fc.nat(3), fc.nat(9), fc.nat(9), side, byte).map((args) =>
        writeLine(...args)
      ),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(place, fc.nat(3), fc.nat(9), fc.nat(9), side).map((args) => readLine(...args)),
    },
    { weight: 4, arbitrary: fc.tuple(place, place, fc.boolean()).map((args) => copy(...args)) },
    { weight: 2, arbitrary: fc.tuple(place, align).map((args) => copyToBuffer(...args)) },
    { weight: 2, arbitrary: place.map(free) },
  );
  return new TraceArbitrary(operation, { first: allocation, maxLength: 13 });
}
