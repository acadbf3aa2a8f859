import { OutputFile } from "../output_file.ts";
import type { TraceSource } from "./trace_source.ts";

/** A trace that is written to a file while its operations are taken. */
export class RecordedTrace<Operation> implements TraceSource<Operation> {
  readonly #source: TraceSource<Operation>;
  readonly #output: OutputFile;
  readonly #line: (operation: Operation) => string;

  /**
   * Opens the file. Throws a `UsageError` where it cannot be written.
   *
   * @param source The trace; disposed with this.
   * @param file The file's name.
   * @param line Writes an operation as a line.
   */
  constructor(source: TraceSource<Operation>, file: string, line: (operation: Operation) => string) {
    this.#source = source;
    this.#output = new OutputFile(file);
    this.#line = line;
  }

  get name(): string {
    return this.#source.name;
  }

  get total(): number | null {
    return this.#source.total;
  }

  get done(): number {
    return this.#source.done;
  }

  next(): Operation | null {
    const operation = this.#source.next();
    if (operation === null) this.#output.flush();
    else this.#output.write(`${this.#line(operation)}\n`);
    return operation;
  }

  where(line: number): string {
    return this.#source.where(line);
  }

  [Symbol.dispose](): void {
    this.#output[Symbol.dispose]();
    this.#source[Symbol.dispose]();
  }
}
