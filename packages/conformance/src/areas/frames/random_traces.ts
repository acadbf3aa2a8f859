import type { PixelFormatName } from "@mediamem/interface";
import fc, { type Arbitrary } from "fast-check";
import type { Operation } from "../../model.ts";
import { TraceArbitrary } from "../../trace_arbitrary.ts";
import {
  alloc,
  clone,
  copy,
  dispose,
  free,
  getBuffer,
  limit,
  makeWritable,
  maxAlloc,
  moveRef,
  paint,
  picture,
  planeBuffer,
  ref,
  setFormat,
  setPts,
  setSide,
  setUp,
  unref,
  unrefBuffer,
} from "./trace_operations.ts";

const MAX_LENGTH = 200;

/** One format of each way to lie in memory, simplest first. */
const FORMATS: readonly PixelFormatName[] = [
  "gray",
  "yuv420p",
  "rgb24",
  "nv12",
  "yuva420p",
  "yuv420p10le",
  "monow",
  "pal8",
  "cuda",
];

const place = fc.nat(3);
const reference = fc.nat(2);
const side = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 9 }) }, {
  weight: 1,
  arbitrary: fc.constantFrom(0, -1, 17, 16256, 2147483647, 0.5),
});
const format = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...FORMATS.slice(0, 2)) }, {
  weight: 1,
  arbitrary: fc.constantFrom(null, ...FORMATS),
});
/** None so small that one library's memory fits into 600 bytes and another's does not. */
const align = fc.constantFrom(0, 16, 64, 3);

function of(make: (at: number) => Operation): Arbitrary<Operation> {
  return place.map(make);
}

function ofTwo(make: (at: number, other: number) => Operation): Arbitrary<Operation> {
  return fc.tuple(place, place).map(([at, other]) => make(at, other));
}

const operation: Arbitrary<Operation> = fc.oneof(
  { weight: 5, arbitrary: of(alloc) },
  {
    weight: 4,
    arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .map((args) => picture(...args)),
  },
  { weight: 6, arbitrary: fc.tuple(place, format, side, side).map((args) => setUp(...args)) },
  { weight: 6, arbitrary: fc.tuple(place, align).map((args) => getBuffer(...args)) },
  {
    weight: 2,
    arbitrary: fc.tuple(place, fc.constantFrom<("width" | "height")[]>("width", "height"), side)
      .map((args) => setSide(...args)),
  },
  { weight: 1, arbitrary: fc.tuple(place, format).map((args) => setFormat(...args)) },
  { weight: 1, arbitrary: fc.tuple(place, fc.option(fc.nat(99))).map((args) => setPts(...args)) },
  { weight: 4, arbitrary: ofTwo(clone) },
  { weight: 4, arbitrary: ofTwo(ref) },
  { weight: 4, arbitrary: ofTwo(moveRef) },
  { weight: 4, arbitrary: ofTwo(copy) },
  { weight: 3, arbitrary: of(unref) },
  { weight: 4, arbitrary: of(makeWritable) },
  { weight: 3, arbitrary: fc.tuple(place, fc.nat(255)).map((args) => paint(...args)) },
  {
    weight: 3,
    arbitrary: fc.tuple(place, fc.integer({ min: -1, max: 3 }), reference).map((args) =>
      planeBuffer(...args)
    ),
  },
  { weight: 3, arbitrary: reference.map(unrefBuffer) },
  { weight: 2, arbitrary: of(free) },
  { weight: 1, arbitrary: of(dispose) },
  { weight: 1, arbitrary: fc.constantFrom(100, null, null).map(limit) },
  { weight: 1, arbitrary: fc.constantFrom(10, 100, 600, 2147483647, 2147483647, 2147483647).map(maxAlloc) },
);

/** Traces of everything that the area has, in any order. */
export const randomTraces: Arbitrary<readonly Operation[]> = new TraceArbitrary(operation, {
  maxLength: MAX_LENGTH,
  first: of(alloc),
});
