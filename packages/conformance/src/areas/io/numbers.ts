import { AVERROR } from "@mediamem/interface";
import type { VectorTest } from "../../model.ts";
import { ioOf } from "./io_of.ts";
import type { PutNumber } from "./trace_operations.ts";

const GETS = ["r8", "rl16", "rb16", "rl24", "rb24", "rl32", "rb32", "rl64", "rb64"] as const;
const PUTS: readonly (PutNumber | "wl64" | "wb64")[] = [
  "w8",
  "wl16",
  "wb16",
  "wl24",
  "wb24",
  "wl32",
  "wb32",
  "wl64",
  "wb64",
];

/** Bytes by the name of what they show: the highest bit, the order, nothing, everything. */
const PATTERNS: Readonly<Record<string, (i: number) => number>> = {
  up: (i) => i + 1,
  zeros: () => 0,
  ones: () => 255,
  signs: () => 128,
};

/** `io/get`: a number, from as many bytes as there are. */
const getTest: VectorTest = {
  kind: "vector",
  id: "io/get",
  op: "avio_rb64",
  parameters: ["call", "bytes", "length", "bufferSize"],
  grids: () => [[GETS, Object.keys(PATTERNS), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 7, 8, 16]]],
  answer(backend, [call, bytes, length, bufferSize], out) {
    const source = Uint8Array.from({ length: length as number }, (_, i) => PATTERNS[bytes as string]!(i));
    let position = 0;
    using context = ioOf(backend).allocContext({
      bufferSize: bufferSize as number,
      read(into) {
        const part = source.subarray(position, position + into.length);
        into.set(part);
        position += part.length;
        return part.length === 0 ? AVERROR.EOF : part.length;
      },
    });
    out.text(String(context[call as typeof GETS[number]]()));
    out.push(context.tell());
    out.push(context.eofReached ? 1 : 0);
  },
};

/** The limits of each width, and what lies beside them. */
const VALUES: readonly string[] = [
  0n,
  ...[7n, 8n, 15n, 16n, 23n, 24n, 31n, 32n, 63n, 64n].flatMap((bits) => {
    const limit = 1n << bits;
    return [limit - 1n, limit, -limit, -limit - 1n];
  }),
  0x0102030405060708n,
  -0x0102030405060708n,
].map(String);

/** `io/put`: a number as bytes, or the error of one that is too large. */
const putTest: VectorTest = {
  kind: "vector",
  id: "io/put",
  op: "avio_wb64",
  parameters: ["call", "value", "bufferSize"],
  grids: () => [[PUTS, VALUES, [1, 3, 100]]],
  answer(backend, [call, value, bufferSize], out) {
    const written: number[] = [];
    using context = ioOf(backend).allocContext({
      bufferSize: bufferSize as number,
      writeFlag: true,
      write: (bytes) => written.push(...bytes),
    });
    if (call === "wl64" || call === "wb64") context[call](BigInt(value as string));
    else context[call as PutNumber](Number(value));
    context.flush();
    for (const byte of written) out.push(byte);
  },
};

/** Numbers of every width. */
export const numberTests: readonly VectorTest[] = [getTest, putTest];
