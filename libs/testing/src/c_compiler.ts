/**
 * The machine's C compiler, for tests that hold our tables against the headers.
 *
 * @module
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Why no C can be compiled here, null where it can. */
export function missingCompiler(): string | null {
  return spawnSync("cc", ["--version"]).status === 0 ? null : "there is no C compiler (cc)";
}

/** Why programs that include a header cannot be compiled here, null where they can. */
export function missingHeader(header: string): string | null {
  const missing = missingCompiler();
  if (missing !== null) return missing;
  const { status } = spawnSync("cc", ["-E", "-x", "c", "-"], { input: `#include <${header}>\n` });
  return status === 0 ? null : `there is no header ${header}`;
}

/** Compiles C in a folder of its own, hands the file to `use`, and removes the folder. Throws the compiler's words. */
export function withCompiled<T>(source: string, flags: readonly string[], use: (path: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "mediamem-"));
  try {
    const input = join(folder, "source.c");
    const output = join(folder, "output");
    writeFileSync(input, source);
    const { status, stderr } = spawnSync("cc", ["-o", output, input, ...flags], { encoding: "utf8" });
    if (status !== 0) throw new Error(`Cannot compile: ${stderr}`);
    return use(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles and runs a C program; gives what it printed. */
export function runC(source: string, flags: readonly string[] = []): string {
  return withCompiled(source, flags, (path) => execFileSync(path, { encoding: "utf8" }));
}

/** Runs a script in a process of this very runtime; gives its exit status and output. For code that may kill its process. */
export function runScript(
  path: string,
  args: readonly string[] = [],
): { status: number | null; output: string } {
  const flags = process.versions.bun === undefined ? ["run", "-A", "--quiet"] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, path, ...args], {
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}
