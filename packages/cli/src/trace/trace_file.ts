import { LineReader } from "./line_reader.ts";
import type { TraceSource } from "./trace_source.ts";

/** The operations of a trace that is a text, one on each line. */
export class TraceFile<Operation> implements TraceSource<Operation> {
  readonly #lines: LineReader;
  readonly #parse: (text: string, file: string, line: number) => Operation | null;

  /**
   * Opens a trace. Throws a `UsageError` where it cannot be read.
   *
   * @param file Its name; `-` for standard input.
   * @param parse Reads one line; null for one without an operation.
   */
  constructor(file: string, parse: (text: string, file: string, line: number) => Operation | null) {
    this.#lines = new LineReader(file);
    this.#parse = parse;
  }

  get name(): string {
    return this.#lines.name;
  }

  get total(): number | null {
    return this.#lines.total;
  }

  get done(): number {
    return this.#lines.done;
  }

  next(): Operation | null {
    for (;;) {
      const text = this.#lines.next();
      if (text === null) return null;
      const operation = this.#parse(text, this.name, this.#lines.line);
      if (operation !== null) return operation;
    }
  }

  where(line: number): string {
    return `${this.name}:${line}`;
  }

  [Symbol.dispose](): void {
    this.#lines[Symbol.dispose]();
  }
}
