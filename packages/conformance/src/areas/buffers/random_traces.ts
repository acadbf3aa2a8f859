import fc, { type Arbitrary } from "fast-check";
import type { Operation } from "../../model.ts";
import { TraceArbitrary } from "../../trace_arbitrary.ts";
import {
  create,
  dispose,
  disposePool,
  get,
  limit,
  look,
  makeWritable,
  maxAlloc,
  narrow,
  poolInit,
  type PoolSource,
  realloc,
  ref,
  release,
  replace,
  take,
  takeOver,
  trim,
  tryGet,
  uninit,
  unref,
  write,
  writeCopy,
} from "./trace_operations.ts";

const MAX_LENGTH = 200;

const place = fc.nat(3);
const pool = fc.nat(1);
const seed = fc.nat(255);
const size = fc.oneof(
  { weight: 8, arbitrary: fc.nat(80) },
  { weight: 3, arbitrary: fc.nat(900) },
  { weight: 1, arbitrary: fc.constantFrom(2147483648, 2 ** 40, Number.MAX_SAFE_INTEGER, -1, 0.5) },
);
/** Parts of references, and what is beyond them. */
const part = fc.oneof({ weight: 8, arbitrary: fc.nat(40) }, {
  weight: 1,
  arbitrary: fc.integer({ min: -1, max: 900 }),
});

const wrapping = fc.record({
  opaque: fc.constantFrom("A", "B", "C"),
  free: fc.constantFrom("note" as const, "note" as const, "note" as const, "throw" as const),
  readOnly: fc.constant(true as const),
}, { requiredKeys: [], noNullPrototype: true });

const common: readonly fc.WeightedArbitrary<Operation>[] = [
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom<("alloc" | "allocz")[]>("alloc", "allocz"), place, size)
      .map((args) => take(...args)),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(place, fc.integer({ min: 1, max: 90 }), seed, wrapping).map((args) =>
      create(...args)
    ),
  },
  { weight: 8, arbitrary: fc.tuple(place, place).map((args) => ref(...args)) },
  { weight: 2, arbitrary: fc.tuple(place, place).map((args) => takeOver(...args)) },
  { weight: 4, arbitrary: place.map(unref) },
  { weight: 1, arbitrary: place.map(dispose) },
  { weight: 4, arbitrary: fc.tuple(place, fc.option(place, { freq: 8 })).map((args) => replace(...args)) },
  { weight: 3, arbitrary: fc.tuple(place, part, part).map((args) => narrow(...args)) },
  { weight: 4, arbitrary: fc.tuple(place, size).map((args) => realloc(...args)) },
  { weight: 3, arbitrary: place.map(makeWritable) },
  { weight: 4, arbitrary: fc.tuple(place, seed).map((args) => write(...args)) },
  { weight: 3, arbitrary: fc.tuple(place, seed).map((args) => writeCopy(...args)) },
  { weight: 1, arbitrary: place.map(look) },
  { weight: 1, arbitrary: fc.constantFrom(0, 100, 500, null, null).map(limit) },
  { weight: 1, arbitrary: fc.constantFrom(256, 600, 2147483647, 2147483647).map(maxAlloc) },
];

const limits = {
  poison: fc.constantFrom(0, 42, 255),
  max: fc.integer({ min: 1, max: 5 }),
  highWater: fc.integer({ min: 1, max: 4 }),
  free: fc.constantFrom("note" as const, "note" as const, "note" as const, "throw" as const),
};

const plainPooling = fc.record(limits, { requiredKeys: [], noNullPrototype: true });

const pooling = fc.record({
  ...limits,
  allocate: fc.constantFrom<PoolSource[]>(
    "exact",
    "plain",
    "larger",
    "window",
    "part",
    "readOnly",
    "short",
    "null",
    "throw",
    "rude",
    "shared",
    "dead",
    "nothing",
  ),
}, { requiredKeys: [], noNullPrototype: true });

const pools: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 5, arbitrary: fc.tuple(pool, fc.nat(300), pooling).map((args) => poolInit(...args)) },
  { weight: 4, arbitrary: fc.tuple(pool, fc.nat(900), plainPooling).map((args) => poolInit(...args)) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      pool,
      fc.nat(40),
      fc.record({
        allocate: fc.constantFrom<PoolSource[]>("exact", "plain", "larger", "window", "part", "null"),
        preallocate: fc.nat(3),
        max: fc.integer({ min: 1, max: 5 }),
        free: fc.constant("note" as const),
      }),
    ).map((args) => poolInit(...args)),
  },
  { weight: 24, arbitrary: fc.tuple(pool, place).map((args) => get(...args)) },
  { weight: 4, arbitrary: fc.tuple(pool, place).map((args) => tryGet(...args)) },
  { weight: 8, arbitrary: fc.tuple(pool, place).map((args) => release(...args)) },
  { weight: 4, arbitrary: place.map(unref) },
  { weight: 2, arbitrary: pool.map(trim) },
  { weight: 1, arbitrary: pool.map(uninit) },
  { weight: 1, arbitrary: pool.map(disposePool) },
];

/** References to buffers, in any order. */
export const referenceTraces: Arbitrary<readonly Operation[]> = new TraceArbitrary(fc.oneof(...common), {
  maxLength: MAX_LENGTH,
});

/** The same with two pools. */
export const poolTraces: Arbitrary<readonly Operation[]> = new TraceArbitrary(fc.oneof(...common, ...pools), {
  maxLength: MAX_LENGTH,
  first: fc.tuple(pool, fc.nat(60), pooling).map((args) => poolInit(...args)),
});
