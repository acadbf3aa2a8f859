import fc, { type Arbitrary } from "fast-check";
import type { Operation } from "../../model.ts";
import { TraceArbitrary } from "../../trace_arbitrary.ts";
import {
  add,
  add2,
  backptr,
  beside,
  fast,
  type FastBlock,
  free,
  freep,
  limit,
  maxAlloc,
  memdup,
  type NewArray,
  type NewBlock,
  read,
  type Resize,
  resize,
  type ResizeArray,
  resizeArray,
  sizeMult,
  strdup,
  strndup,
  take,
  takeArray,
  view,
  write,
} from "./trace_operations.ts";

const MAX_LENGTH = 200;
const INT_MAX = 2147483647;

const place = fc.nat(3);
const seed = fc.nat(255);

/** Sizes that no machine is asked to give, and numbers that are none. */
const impossible = fc.constantFrom(
  2147483648,
  4294967295,
  4294967296,
  2 ** 52,
  Number.MAX_SAFE_INTEGER,
  -1,
  0.5,
);
const size = fc.oneof(
  { weight: 8, arbitrary: fc.nat(80) },
  { weight: 4, arbitrary: fc.nat(700) },
  { weight: 1, arbitrary: fc.nat(5000) },
  { weight: 1, arbitrary: impossible },
);
const count = fc.oneof({ weight: 6, arbitrary: fc.nat(20) }, { weight: 1, arbitrary: impossible });
const elementSize = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 32, 2 ** 43, Number.MAX_SAFE_INTEGER, -1) },
);
/** What lies inside of most blocks, and what does not. */
const offset = fc.oneof({ weight: 8, arbitrary: fc.nat(24) }, { weight: 2, arbitrary: fc.nat(70) }, {
  weight: 1,
  arbitrary: fc.integer({ min: -2, max: 6000 }),
});
const length = fc.oneof({ weight: 8, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(6000) });
const text = fc.constantFrom(null, "", "a", "grün", "\u65e5\u672c\u8a9e", "x".repeat(20), "a\0b");

function operations(fastCalls: readonly FastBlock[]): Arbitrary<Operation> {
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(fc.constantFrom<NewBlock[]>("malloc", "mallocz", "allocPacketData"), place, size)
        .map((args) => take(...args)),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.constantFrom<NewArray[]>("mallocArray", "calloc"), place, count, elementSize)
        .map((args) => takeArray(...args)),
    },
    {
      weight: 5,
      arbitrary: fc.tuple(fc.constantFrom<Resize[]>("realloc", "reallocp"), place, size)
        .map((args) => resize(...args)),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(
        fc.constantFrom<ResizeArray[]>("reallocF", "reallocArray", "reallocpArray"),
        place,
        count,
        elementSize,
      ).map((args) => resizeArray(...args)),
    },
    {
      weight: 7,
      arbitrary: fc.tuple(fc.constantFrom(...fastCalls), place, size)
        .map((args) => fast(...args)),
    },
    {
      weight: 5,
      arbitrary: fc.tuple(
        fc.constantFrom<("dynarrayAdd" | "dynarrayAddNofree")[]>("dynarrayAdd", "dynarrayAddNofree"),
        place,
        fc.constantFrom(0, 1, 255, 2 ** 32, Number.MAX_SAFE_INTEGER),
      ).map((args) => add(...args)),
    },
    {
      weight: 5,
      arbitrary: fc.oneof<fc.MaybeWeightedArbitrary<[number, number, number | null]>[]>(
        { weight: 12, arbitrary: fc.tuple(place, fc.constantFrom(8, 8, 8, 3, 24), fc.option(seed)) },
        { weight: 1, arbitrary: fc.tuple(place, impossible, fc.constant(null)) },
      ).map((args) => add2(...args)),
    },
    { weight: 1, arbitrary: fc.tuple(place, fc.option(fc.nat(100)), seed).map((args) => memdup(...args)) },
    { weight: 1, arbitrary: fc.tuple(place, text).map((args) => strdup(...args)) },
    { weight: 1, arbitrary: fc.tuple(place, text, fc.nat(12)).map((args) => strndup(...args)) },
    { weight: 2, arbitrary: place.map(free) },
    { weight: 3, arbitrary: place.map(freep) },
    { weight: 4, arbitrary: fc.tuple(place, offset, length, seed).map((args) => write(...args)) },
    { weight: 3, arbitrary: fc.tuple(place, offset, length).map((args) => read(...args)) },
    { weight: 1, arbitrary: fc.tuple(place, offset, length).map((args) => view(...args)) },
    {
      weight: 3,
      arbitrary: fc.tuple(place, offset, fc.integer({ min: -1, max: 20 }), fc.integer({ min: -1, max: 40 }))
        .map((args) => backptr(...args)),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(0, 1, 33, 64, 100, 1000, 5000, INT_MAX, INT_MAX, INT_MAX).map(maxAlloc),
    },
    { weight: 1, arbitrary: fc.constantFrom(0, 50, 300, 5000, null, null).map(limit) },
    { weight: 1, arbitrary: fc.tuple(count, elementSize).map((args) => sizeMult(...args)) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.oneof(
          place.map(free),
          place.map(freep),
          place.map((at) => resize("realloc", at, 40)),
          place.map((at) => resizeArray("reallocpArray", at, 4, 10)),
          place.map((at) => fast("fastRealloc", at, 40)),
          place.map((at) => add("dynarrayAdd", at, 1)),
        ),
        fc.constantFrom(1, 8),
      ).map((args) => beside(...args)),
    },
  );
}

/** Traces of everything that the area has, in any order; of the fast calls those that are named. */
export function randomTraces(fastCalls: readonly FastBlock[]): Arbitrary<readonly Operation[]> {
  return new TraceArbitrary(operations(fastCalls), { maxLength: MAX_LENGTH });
}
