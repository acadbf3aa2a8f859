import { quoted, TraceWords } from "./trace_words.ts";

/** The operations of a pool's trace. */
export const POOL_WORDS = ["get", "release", "resize", "trim", "uninit"] as const;

/** One operation of a pool's trace. Every one has all fields, so that all of them have one shape. */
export interface PoolOperation {
  readonly word: (typeof POOL_WORDS)[number];
  /** What the buffer is called; empty where there is none. */
  readonly name: string;
  /** Who will hold it; null where the trace does not say. */
  readonly holder: string | null;
  /** What buffers are from now on: `1280x720` or bytes; empty where that stays. */
  readonly size: string;
  /** The line of the trace, or the number of the operation. */
  readonly line: number;
}

const SIZE = /^\d{1,10}(x\d{1,10})?$/;

/** Reads one line of a pool's trace; null for one without an operation. Throws a `UsageError` that names it. */
export function parsePoolLine(text: string, file: string, line: number): PoolOperation | null {
  const words = new TraceWords(file, line, text);
  const [word, second = "", third] = words.words;
  switch (word) {
    case undefined:
      return null;
    case "get":
      words.expect("get NAME [HOLDER]", 1, 2);
      return { word, name: second, holder: third ?? null, size: "", line };
    case "release":
      words.expect("release NAME", 1, 1);
      return { word, name: second, holder: null, size: "", line };
    case "resize":
      words.expect("resize WIDTHxHEIGHT or resize BYTES", 1, 1);
      if (!SIZE.test(second)) words.refuse(`the size is ${quoted(second)}`, "WIDTHxHEIGHT or bytes");
      return { word, name: "", holder: null, size: second, line };
    case "trim":
    case "uninit":
      words.expect(word, 0, 0);
      return { word, name: "", holder: null, size: "", line };
    default:
      return words.refuseOperation(POOL_WORDS);
  }
}

/** Writes an operation as the line that {@linkcode parsePoolLine} reads. */
export function poolLine({ word, name, holder, size }: PoolOperation): string {
  switch (word) {
    case "get":
      return holder === null ? `get ${name}` : `get ${name} ${holder}`;
    case "release":
      return `release ${name}`;
    case "resize":
      return `resize ${size}`;
    case "trim":
    case "uninit":
      return word;
  }
}
