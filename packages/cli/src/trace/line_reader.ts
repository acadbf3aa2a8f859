import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { UsageError } from "../command_error.ts";

const CHUNK = 1 << 18;
/** No line of a trace is longer; a file of another kind may have none at all. */
const LONGEST = 1 << 16;
const NEWLINE = 10;

const pause = new Int32Array(new SharedArrayBuffer(4));

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder, wanted a file";
    case "EACCES":
    case "EPERM":
      return "it must not be read";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** The lines of a file or of standard input, read piece by piece: a file of any size takes the same memory. */
export class LineReader implements Disposable {
  /** What messages call the file. */
  readonly name: string;
  /** Bytes of the file; null where nobody knows. */
  readonly total: number | null;
  #descriptor: number | null;
  #bytes: Uint8Array = new Uint8Array(CHUNK);
  #start = 0;
  #end = 0;
  #done = 0;
  #line = 0;
  readonly #decoder = new TextDecoder();

  /**
   * Opens a file.
   *
   * @param file Its name; `-` for standard input.
   */
  constructor(file: string) {
    this.name = file === "-" ? "standard input" : file;
    try {
      this.#descriptor = file === "-" ? 0 : openSync(file, "r");
      const stat = fstatSync(this.#descriptor);
      if (stat.isDirectory()) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
      this.total = stat.isFile() ? stat.size : null;
    } catch (error) {
      throw new UsageError(`Cannot read ${this.name || '""'}: ${reasonOf(error)}`, undefined, error);
    }
  }

  /** Bytes that were taken so far. */
  get done(): number {
    return this.#done;
  }

  /** The number of the line that {@linkcode LineReader.next} gave last, from 1. */
  get line(): number {
    return this.#line;
  }

  /** The next line without its end; null at the end of the file. */
  next(): string | null {
    let from = this.#start;
    for (;;) {
      const at = this.#bytes.subarray(0, this.#end).indexOf(NEWLINE, from);
      if (at >= 0) return this.#take(at, at + 1);
      if (this.#end - this.#start > LONGEST) {
        throw new UsageError(
          `Cannot read ${this.name}:${
            this.#line + 1
          }: the line has more than ${LONGEST} bytes, wanted a trace`,
        );
      }
      from = this.#end - this.#start;
      if (!this.#fill()) break;
    }
    return this.#start === this.#end ? null : this.#take(this.#end, this.#end);
  }

  #take(end: number, next: number): string {
    const bytes = this.#bytes.subarray(this.#start, end);
    this.#done += next - this.#start;
    this.#start = next;
    this.#line++;
    // A text of its own: a part of a longer one would keep all of that alive.
    const text = this.#decoder.decode(bytes);
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  }

  /** Reads more behind what was not taken yet; false at the end. */
  #fill(): boolean {
    this.#bytes.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    for (;;) {
      try {
        const count = readSync(
          this.#descriptor!,
          this.#bytes,
          this.#end,
          this.#bytes.length - this.#end,
          null,
        );
        this.#end += count;
        return count > 0;
      } catch (error) {
        if (codeOf(error) === "EOF") return false;
        if (codeOf(error) !== "EAGAIN") {
          throw new UsageError(`Cannot read ${this.name}: ${reasonOf(error)}`, undefined, error);
        }
        // Whoever gave us this pipe set it to non-blocking: wait for its writer.
        Atomics.wait(pause, 0, 0, 5);
      }
    }
  }

  /** Closes the file; standard input stays open. */
  [Symbol.dispose](): void {
    if (this.#descriptor !== null && this.#descriptor !== 0) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}
