import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./command_error.ts";

function reason(file: string, error: unknown): string {
  if (file === "") return "it is empty, wanted the name of a file";
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const folder = dirname(file);
  if (code === "ENOENT" && !existsSync(folder)) return `the folder ${folder} does not exist`;
  if (code === "EISDIR") return "it is a folder, wanted a file";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "it must not be written";
  if (code === "ENOTDIR") return `${folder} is not a folder`;
  return error instanceof Error ? error.message : String(error);
}

function unwritable(file: string, error: unknown): UsageError {
  return new UsageError(`Cannot write ${file || '""'}: ${reason(file, error)}`, undefined, error);
}

/**
 * Looks whether a file can be written, and leaves it as it is: a long run should not end without what it was for. Throws a `UsageError` where
 * it cannot.
 */
export function checkOutput(file: string): void {
  if (file === "-") return;
  try {
    if (!existsSync(file)) {
      const folder = dirname(file);
      if (file === "") throw new Error("no name");
      if (!statSync(folder).isDirectory()) throw Object.assign(new Error("no folder"), { code: "ENOTDIR" });
      accessSync(folder, constants.W_OK);
      return;
    }
    if (statSync(file).isDirectory()) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    accessSync(file, constants.W_OK);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** A text file that is written piece by piece. */
export class OutputFile implements Disposable {
  readonly #file: string;
  #descriptor: number | null;
  #text = "";

  /** Opens a file, new and empty. Throws a `UsageError` where that fails. */
  constructor(file: string) {
    this.#file = file;
    try {
      this.#descriptor = openSync(file, "w");
    } catch (error) {
      throw unwritable(file, error);
    }
  }

  /** Adds a text. */
  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= 65536) this.flush();
  }

  /** Writes what was added. Throws a `UsageError` where that fails. */
  flush(): void {
    try {
      for (let bytes = new TextEncoder().encode(this.#text); bytes.length > 0;) {
        bytes = bytes.subarray(writeSync(this.#descriptor!, bytes));
      }
      this.#text = "";
    } catch (error) {
      throw unwritable(this.#file, error);
    }
  }

  /** Closes the file; what was not flushed is lost. */
  [Symbol.dispose](): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** Writes what `--svg` or `--json` asked for to its file, or to standard output for `-`. Throws a `UsageError` where that fails. */
export function writeOutput(file: string, content: string, terminal: Terminal): void {
  if (file === "-") {
    terminal.out.write(content);
    return;
  }
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw unwritable(file, error);
  }
  terminal.err.write(`Wrote ${file}\n`);
}
