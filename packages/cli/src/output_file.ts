import { existsSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./command_error.ts";

function reason(file: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const folder = dirname(file);
  if (code === "ENOENT" && !existsSync(folder)) return `the folder ${folder} does not exist`;
  if (code === "EISDIR") return "it is a folder, wanted a file";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "it must not be written";
  if (code === "ENOTDIR") return `${folder} is not a folder`;
  return error instanceof Error ? error.message : String(error);
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
    throw new UsageError(`Cannot write ${file}: ${reason(file, error)}`);
  }
  terminal.err.write(`Wrote ${file}\n`);
}
