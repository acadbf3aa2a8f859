import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";

/** The program. */
export const MAIN: string = fileURLToPath(new URL("./main.ts", import.meta.url));

/** Arguments of this runtime that run {@linkcode MAIN}. */
export const COMMAND: readonly string[] = process.versions.bun === undefined
  ? ["run", "-A", "--no-check", "--quiet", MAIN]
  : [MAIN];

/** An environment in which no libavutil is found. */
export const NOWHERE: Readonly<Record<string, string>> = { MEDIAMEM_LIBAVUTIL: "/nowhere/libavutil.so.60" };

/** A folder for the tests of one file. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "mediamem-cli-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What a run of the program came to. */
export interface Result {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** This process's environment without what the program looks at. */
export function environment(extra: Readonly<Record<string, string>>): Record<string, string | undefined> {
  return { ...process.env, NO_COLOR: "", FORCE_COLOR: "", COLUMNS: "", ...extra };
}

/** Runs the program on the runtime that runs this test. */
export function mediamem(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Result {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    encoding: "utf8",
    env: environment(extra),
    cwd: tmpdir(),
    maxBuffer: 2 ** 26,
  });
  return { code: status, out: stdout, err: stderr };
}

/** Fails unless the program ends with code 2 and a short message that has all the parts. */
export function assertUsage(args: readonly string[], ...parts: readonly string[]): void {
  const { code, out, err } = mediamem(args);
  assertEquals([code, out], [2, ""], `${args.join(" ")}: ${err}`);
  for (const part of parts) assertStringIncludes(err, part);
  assert(err.startsWith("mediamem: "), err);
  assert(err.split("\n").length <= 4, err);
  assert(!/\n\s+at /.test(err), err);
}
