import { AVERROR, type IoContext, type ReadString } from "@mediamem/interface";
import type { Answer } from "../../answer.ts";
import type { Backend } from "@mediamem/interface";
import type { VectorTest } from "../../model.ts";
import { ioOf } from "./io_of.ts";
import type { GetText, PutText } from "./trace_operations.ts";

const GETS: readonly GetText[] = ["getStr", "getStr16le", "getStr16be"];
const PUTS: readonly PutText[] = ["putStr", "putStr16le", "putStr16be"];

/** Bytes as hexadecimal digits: texts that end, that do not, and that are none. */
const TEXTS: readonly string[] = [
  "",
  "00",
  "6162630064",
  "616263",
  "0061006200",
  "c3bc00c3",
  "e697a5e69cac00",
  "f09f988000",
  "ff61fe00",
  "eda08000",
  "c080",
  // UTF-16 with the low byte first, and with the high byte first: letters, a surrogate pair, one that is cut off.
  "6100fc00e5650000",
  "006100fc65e50000",
  "3dd800de61000000",
  "d83dde0000610000",
  "3dd8000000",
  "d83d000000",
  "3dd861006200",
  "d83d00610062",
  "00de61000000",
  "de0000610000",
  "3dd83dd800de0000",
  "d83dd83dde000000",
  "fffefeff0000",
  "610000006200",
];

/** Lines as hexadecimal digits. */
const LINES: readonly string[] = [
  "",
  "0a",
  "0d",
  "0d0a",
  "0d0d0a",
  "0a0d",
  "61620a6364",
  "61620d6364",
  "61620d0a6364",
  "61620d",
  "616263646566",
  "6162006364",
  "00",
  "c3bc0ae4",
];

/** Texts to write. */
const WRITTEN: readonly string[] = [
  "",
  "a",
  "gr\u00fcn",
  "\u65e5\u672c\u8a9e",
  "\u{1f600}",
  "a\u{10ffff}b",
  "\ud800",
  "\udc00a",
  "a\ud83d",
  "\ufffd\uffff\ufeff",
  "a\0b",
  "\0",
  "x".repeat(300),
];

function bytesOf(digits: string): Uint8Array {
  return Uint8Array.from(
    { length: digits.length / 2 },
    (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16),
  );
}

/** A context over bytes that come three at a time. */
function contextOf(backend: Backend, digits: string): IoContext {
  const source = bytesOf(digits);
  let position = 0;
  return ioOf(backend).allocContext({
    bufferSize: 5,
    read(into) {
      const part = source.subarray(position, position + Math.min(into.length, 3));
      into.set(part);
      position += part.length;
      return part.length === 0 ? AVERROR.EOF : part.length;
    },
  });
}

function tell({ text, bytes, consumed }: ReadString, context: IoContext, out: Answer): void {
  out.push(consumed);
  out.push(context.tell());
  out.text(text);
  for (const byte of bytes) out.push(byte);
}

/** `io/getStr`: a text, kept as far as there is room. */
const getStrTest: VectorTest = {
  kind: "vector",
  id: "io/getStr",
  op: "avio_get_str",
  parameters: ["call", "bytes", "maxLength", "room"],
  grids: () => [[
    GETS,
    TEXTS,
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2147483647, 2147483648, -1],
    [null, 1, 2, 3, 4, 5, 9, 0, -1],
  ]],
  answer(backend, [call, bytes, maxLength, room], out) {
    using context = contextOf(backend, bytes as string);
    const read = context[call as GetText](
      maxLength as number,
      ...(room === null ? [] : [room as number]),
    );
    tell(read, context, out);
  },
};

/** `io/getLine`: a line, kept as far as there is room. */
const getLineTest: VectorTest = {
  kind: "vector",
  id: "io/getLine",
  op: "ff_get_line",
  parameters: ["bytes", "room"],
  grids: () => [[LINES, [1, 2, 3, 4, 100, 2147483647, 0, -1]]],
  answer(backend, [bytes, room], out) {
    using context = contextOf(backend, bytes as string);
    tell(context.getLine(room as number), context, out);
    tell(context.getLine(100), context, out);
  },
};

/** `io/putStr`: a text as bytes. */
const putStrTest: VectorTest = {
  kind: "vector",
  id: "io/putStr",
  op: "avio_put_str",
  parameters: ["call", "text", "bufferSize"],
  grids: () => [[PUTS, WRITTEN, [1, 5, 1000]]],
  answer(backend, [call, text, bufferSize], out) {
    const written: number[] = [];
    using context = ioOf(backend).allocContext({
      bufferSize: bufferSize as number,
      writeFlag: true,
      write: (bytes) => written.push(...bytes),
    });
    out.push(context[call as PutText](text as string));
    context.flush();
    for (const byte of written) out.push(byte);
  },
};

/** Texts and lines. */
export const textTests: readonly VectorTest[] = [getStrTest, getLineTest, putStrTest];
