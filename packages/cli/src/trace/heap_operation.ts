import { TraceWords } from "./trace_words.ts";

/** The operations of a heap's trace. */
export const HEAP_WORDS = ["malloc", "calloc", "realloc", "free", "write"] as const;

/** One operation of a heap's trace. Every one has all fields, so that all of them have one shape. */
export interface HeapOperation {
  readonly word: (typeof HEAP_WORDS)[number];
  /** What the block is called. */
  readonly name: string;
  /** Bytes: asked for, or written. */
  readonly size: number;
  /** What the address is to be a multiple of; 0: the heap's alignment. */
  readonly alignment: number;
  /** Where in the block the writing begins; may lie outside. */
  readonly offset: number;
  /** The line of the trace, or the number of the operation. */
  readonly line: number;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** Reads one line of a heap's trace; null for one without an operation. Throws a `UsageError` that names it. */
export function parseHeapLine(text: string, file: string, line: number): HeapOperation | null {
  const words = new TraceWords(file, line, text);
  const [word, name] = words.words;
  switch (word) {
    case undefined:
      return null;
    case "malloc": {
      words.expect("malloc NAME SIZE [ALIGNMENT]", 2, 3);
      const alignment = words.words.length > 3 ? words.integer(3, "alignment", 1, 2 ** 31) : 0;
      return { word, name: name!, size: words.integer(2, "size", 0, MOST), alignment, offset: 0, line };
    }
    case "calloc": {
      words.expect("calloc NAME COUNT SIZE", 3, 3);
      const size = words.integer(2, "count", 0, MOST) * words.integer(3, "size", 0, MOST);
      if (size > MOST) words.refuse(`count times size is ${size}`, `at most ${MOST}`);
      return { word, name: name!, size, alignment: 0, offset: 0, line };
    }
    case "realloc":
      words.expect("realloc NAME SIZE", 2, 2);
      return { word, name: name!, size: words.integer(2, "size", 0, MOST), alignment: 0, offset: 0, line };
    case "free":
      words.expect("free NAME", 1, 1);
      return { word, name: name!, size: 0, alignment: 0, offset: 0, line };
    case "write": {
      words.expect("write NAME OFFSET LENGTH", 3, 3);
      const offset = words.integer(2, "offset", -MOST, MOST);
      return { word, name: name!, size: words.integer(3, "length", 0, MOST), alignment: 0, offset, line };
    }
    default:
      return words.refuseOperation(HEAP_WORDS);
  }
}

/** Writes an operation as the line that {@linkcode parseHeapLine} reads. */
export function heapLine({ word, name, size, alignment, offset }: HeapOperation): string {
  switch (word) {
    case "malloc":
      return alignment === 0 ? `malloc ${name} ${size}` : `malloc ${name} ${size} ${alignment}`;
    case "calloc":
      return `calloc ${name} 1 ${size}`;
    case "realloc":
      return `realloc ${name} ${size}`;
    case "free":
      return `free ${name}`;
    case "write":
      return `write ${name} ${offset} ${size}`;
  }
}
