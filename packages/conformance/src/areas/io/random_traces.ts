import type { DataMarker, Whence } from "@mediamem/interface";
import fc, { type Arbitrary } from "fast-check";
import type { Operation } from "../../model.ts";
import { TraceArbitrary } from "../../trace_arbitrary.ts";
import {
  call,
  type Failure,
  getLine,
  type GetText,
  getText,
  mark,
  open,
  type OpenContext,
  type Plain,
  print,
  put,
  put64,
  type PutNumber,
  type PutText,
  putText,
  read,
  readPartial,
  seek,
  type SeekKind,
  set,
  skip,
  turn,
  write,
} from "./trace_operations.ts";

const MAX_LENGTH = 200;

/** Small buffers meet their ends often; the large ones are about the limits of 32768 bytes. */
const buffer = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 40 }) },
  { weight: 4, arbitrary: fc.constantFrom(64, 100, 333, 1000, 4096) },
  { weight: 1, arbitrary: fc.constantFrom(32768, 32769, 40000, 65536) },
);
const count = fc.oneof(
  { weight: 24, arbitrary: fc.nat(40) },
  { weight: 9, arbitrary: fc.nat(300) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 4096, 5000, 33000) },
);
const position = fc.oneof(
  { weight: 8, arbitrary: fc.nat(100) },
  { weight: 3, arbitrary: fc.nat(2000) },
  { weight: 2, arbitrary: fc.constantFrom(-1, 4096, 32768, 32769, 33000, 70000, 2 ** 40) },
);
const distance = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -20, max: 20 }) },
  { weight: 3, arbitrary: fc.integer({ min: -200, max: 200 }) },
  { weight: 1, arbitrary: fc.integer({ min: -40000, max: 40000 }) },
);
const whence = fc.option(fc.constantFrom<Whence[]>("set", "cur", "end", "size"), { nil: undefined, freq: 1 });

const failures: readonly Failure[] = [
  "EIO",
  "EOF",
  "EAGAIN",
  "throw",
  "tooMuch",
  "promise",
  "nothing",
  "half",
];
const seekKinds: readonly SeekKind[] = [
  "works",
  "works",
  "works",
  "works",
  "noSize",
  "sizeOnly",
  "setOnly",
  "zero",
  "EIO",
  "throw",
  "half",
];

const failing = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({
      fail: fc.constantFrom(...failures),
      at: fc.nat(400),
      times: fc.integer({ min: 1, max: 3 }),
    }, { requiredKeys: ["fail"] }),
  },
);
const seeking = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  { weight: 3, arbitrary: fc.record({ seek: fc.constantFrom(...seekKinds) }) },
);

const source = fc.record({
  buffer,
  length: fc.oneof(
    { weight: 3, arbitrary: fc.nat(60) },
    { weight: 5, arbitrary: fc.nat(3000) },
    { weight: 1, arbitrary: fc.constantFrom(40000, 100000) },
  ),
  content: fc.constant<"text">("text"),
  pieces: fc.array(
    fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 60 }) }, {
      weight: 1,
      arbitrary: fc.constantFrom(0, 1000, 32768),
    }),
    { minLength: 1, maxLength: 5 },
  ),
  grows: fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }),
}, { requiredKeys: ["buffer"] });

function opening(make: Arbitrary<OpenContext>): Arbitrary<Operation> {
  return fc.tuple(make, failing, seeking).map(([context, fails, seeks]) =>
    open({ ...context, ...fails, ...seeks })
  );
}

const reader = opening(fc.oneof(
  { weight: 9, arbitrary: source.map((rest): OpenContext => ({ as: "reader", ...rest })) },
  {
    weight: 1,
    arbitrary: fc.record({ length: fc.nat(100), buffer }, { requiredKeys: ["length"] })
      .map((rest): OpenContext => ({ as: "memory", ...rest })),
  },
));

const writer = opening(fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      buffer,
      marks: fc.constant(true),
      took: fc.constantFrom(0, 1, 100000),
    }, { requiredKeys: ["buffer"] }).map((rest): OpenContext => ({ as: "writer", ...rest })),
  },
  { weight: 1, arbitrary: source.map((rest): OpenContext => ({ as: "duplex", ...rest })) },
));

const dynBuf = fc.constant(open({ as: "dynBuf" }));

function of(...ops: readonly Plain[]): Arbitrary<Operation> {
  return fc.constantFrom(...ops).map(call);
}

const onOff = fc.tuple(fc.constantFrom<("direct" | "seekable")[]>("direct", "seekable"), fc.boolean());

const moving: Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(position, whence).map((args) => seek(...args)) },
  { weight: 5, arbitrary: distance.map(skip) },
  { weight: 2, arbitrary: of("tell", "size", "feof", "flush") },
  { weight: 1, arbitrary: onOff.map((args) => turn(...args)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0, 0, -5).map((to) => set("error", to)) },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 10, 188, 1000).map((to) => set("maxPacketSize", to)) },
);

const reading: Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: count.map(read) },
  { weight: 2, arbitrary: count.map(readPartial) },
  { weight: 6, arbitrary: of("r8", "rl16", "rl24", "rl32", "rl64", "rb16", "rb24", "rb32", "rb64") },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom<GetText[]>("getStr", "getStr16le", "getStr16be"),
      fc.nat(60),
      fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    ).map(([op, max, room]) => getText(op, max, room)),
  },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 60 }).map(getLine) },
  { weight: 9, arbitrary: moving },
);

const BITS: Readonly<Record<PutNumber, number>> = {
  w8: 8,
  wl16: 16,
  wb16: 16,
  wl24: 24,
  wb24: 24,
  wl32: 32,
  wb32: 32,
};

const putting: Arbitrary<Operation> = fc.constantFrom(...Object.keys(BITS) as PutNumber[]).chain((op) =>
  fc.integer({ min: -(2 ** (BITS[op] - 1)), max: 2 ** BITS[op] - 1 }).map((value) => put(op, value))
);

const writing: Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: count.map(write) },
  { weight: 5, arbitrary: putting },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom<("wl64" | "wb64")[]>("wl64", "wb64"),
      fc.bigInt({ min: -(1n << 63n), max: (1n << 64n) - 1n }),
    ).map(([op, value]) => put64(op, String(value))),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom<PutText[]>("putStr", "putStr16le", "putStr16be"),
      fc.string({ unit: "grapheme", maxLength: 20 }),
    ).map((args) => putText(...args)),
  },
  { weight: 1, arbitrary: fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 4 }).map(print) },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom<DataMarker[]>(
        "header",
        "syncPoint",
        "boundaryPoint",
        "unknown",
        "trailer",
        "flushPoint",
      ),
      fc.option(fc.nat(99)),
    ).map(([type, time]) => mark(type, time)),
  },
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 10, 100).map((to) => set("minPacketSize", to)) },
  { weight: 1, arbitrary: count.map(readPartial) },
  { weight: 7, arbitrary: moving },
);

/** The end of a context comes seldom: nothing happens after it. */
function sometimes(often: Arbitrary<Operation>, seldom: Arbitrary<Operation>): Arbitrary<Operation> {
  return fc.oneof({ weight: 300, arbitrary: often }, { weight: 1, arbitrary: seldom });
}

/** Traces of contexts that read. */
export const readerTraces: Arbitrary<readonly Operation[]> = new TraceArbitrary(
  sometimes(reading, of("free", "dispose")),
  { maxLength: MAX_LENGTH, first: reader },
);

/** Traces of contexts that write. */
export const writerTraces: Arbitrary<readonly Operation[]> = new TraceArbitrary(
  sometimes(writing, of("free", "dispose")),
  { maxLength: MAX_LENGTH, first: writer },
);

/** Traces of contexts that write into memory. */
export const dynBufTraces: Arbitrary<readonly Operation[]> = new TraceArbitrary(
  sometimes(
    fc.oneof({ weight: 9, arbitrary: writing }, { weight: 1, arbitrary: of("getDynBuf") }),
    of("closeDynBuf", "free", "dispose"),
  ),
  { maxLength: MAX_LENGTH, first: dynBuf },
);
