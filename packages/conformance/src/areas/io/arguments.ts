import type { Io, IoContext } from "@mediamem/interface";
import type { ParameterValue, VectorTest } from "../../model.ts";
import { ioOf } from "./io_of.ts";

/** Values that stand for themselves, and words for what no id of a case can hold. */
const VALUES: readonly ParameterValue[] = [
  0,
  1,
  -1,
  0.5,
  NaN,
  Infinity,
  2147483647,
  2147483648,
  -2147483649,
  true,
  null,
  "set",
  "size",
  "header",
  "undefined",
  "bigint",
  "function",
  "object",
  "array",
  "bytes",
  "no bytes",
  "clamped bytes",
  "shared bytes",
  "detached bytes",
  "a view",
];

function argumentOf(value: ParameterValue): unknown {
  switch (value) {
    case "undefined":
      return undefined;
    case "bigint":
      return 1n;
    case "function":
      return () => 0;
    case "object":
      return {};
    case "array":
      return ["a", "b"];
    case "bytes":
      return new Uint8Array(3);
    case "no bytes":
      return new Uint8Array(0);
    case "clamped bytes":
      return new Uint8ClampedArray(3);
    case "shared bytes":
      return new Uint8Array(new SharedArrayBuffer(3));
    case "detached bytes": {
      const bytes = new Uint8Array(3);
      structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
      return bytes;
    }
    case "a view":
      return new DataView(new ArrayBuffer(3));
  }
  return value;
}

type Use = (argument: never, context: IoContext, io: Io) => unknown;

function option(name: string, rest: object = {}): Use {
  return (value, _, io) => io.allocContext({ ...rest, [name]: value })[Symbol.dispose]();
}

/** The name of a member of a context. */
type Member = Exclude<keyof IoContext, symbol>;

function method(name: Member, ...before: readonly unknown[]): Use {
  return (value, context) => (context[name] as (...args: unknown[]) => unknown)(...before, value);
}

function field(name: Member): Use {
  return (value, context) => {
    (context as unknown as Record<string, unknown>)[name] = value;
    return context[name];
  };
}

const READS: Readonly<Record<string, Use>> = {
  bufferSize: (value: number, _, io) =>
    // As much as this is never asked for.
    value === 2147483647 ? "large" : io.allocContext({ bufferSize: value })[Symbol.dispose](),
  buffer: option("buffer"),
  writeFlag: option("writeFlag"),
  "callback.read": option("read"),
  "callback.write": option("write"),
  "callback.seek": option("seek"),
  "callback.writeDataType": option("writeDataType"),
  maxPacketSizeOfDynBuf: (value: number, _, io) =>
    // Packets of a dynamic buffer are what the library keeps to itself.
    value > 0 ? "packets" : io.openDynBuf(value)[Symbol.dispose](),
  error: field("error"),
  seekable: field("seekable"),
  direct: field("direct"),
  maxPacketSize: field("maxPacketSize"),
  minPacketSize: field("minPacketSize"),
  read: method("read"),
  readPartial: method("readPartial"),
  getStr: method("getStr"),
  "getStr.room": method("getStr", 5),
  getStr16le: method("getStr16le"),
  "getStr16le.room": method("getStr16le", 5),
  getLine: method("getLine"),
  seek: method("seek"),
  "seek.whence": method("seek", 0),
  skip: method("skip"),
};

const WRITES: Readonly<Record<string, Use>> = {
  w8: method("w8"),
  wl16: method("wl16"),
  wb24: method("wb24"),
  wl32: method("wl32"),
  wl64: method("wl64"),
  wb64: method("wb64"),
  write: method("write"),
  putStr: method("putStr"),
  putStr16le: method("putStr16le"),
  printStringArray: method("printStringArray"),
  "writeMarker.time": (value, context) => context.writeMarker(value, "header"),
  "writeMarker.type": method("writeMarker", null),
};

/** `io/arguments`: every argument of every call, with values of every kind. */
const argumentsTest: VectorTest = {
  kind: "vector",
  id: "io/arguments",
  op: "avio_alloc_context",
  parameters: ["argument", "value"],
  grids: () => [[[...Object.keys(READS), ...Object.keys(WRITES)], VALUES]],
  answer(backend, [argument, value], out) {
    const io = ioOf(backend);
    const writes = Object.hasOwn(WRITES, argument as string);
    using context = io.allocContext(
      writes ? { bufferSize: 10, writeFlag: true } : { buffer: new Uint8Array(10) },
    );
    const use = (writes ? WRITES : READS)[argument as string]!;
    const answer = use(argumentOf(value!) as never, context, io);
    out.text(typeof answer === "object" ? JSON.stringify(answer) : String(answer));
    out.push(context.tell());
  },
};

/** What is refused, and how. */
export const argumentTests: readonly VectorTest[] = [argumentsTest];
