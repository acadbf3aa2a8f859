import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import process from "node:process";
import { ConformanceError } from "../conformance_error.ts";

/** A runtime that the conformance runs on. */
export type RuntimeName = "deno" | "bun";

/** Every runtime that the conformance runs on. */
export const RUNTIMES: readonly RuntimeName[] = ["deno", "bun"];

/** The runtime that this process is. */
export function thisRuntime(): RuntimeName {
  return process.versions["bun"] === undefined ? "deno" : "bun";
}

/**
 * The executable of a runtime: `MEDIAMEM_DENO` or `MEDIAMEM_BUN` where set, else the first on the `PATH`.
 *
 * Throws `RUNTIME_MISSING` where there is none.
 */
export function findRuntime(
  runtime: RuntimeName,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const variable = `MEDIAMEM_${runtime.toUpperCase()}`;
  const named = environment[variable];
  const folders = (environment["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  const found = (named ? [named] : folders.map((folder) => join(folder, runtime))).find(isExecutable);
  if (found !== undefined) return found;
  throw new ConformanceError(
    "RUNTIME_MISSING",
    `Cannot run the conformance on ${runtime}: found ${
      named ? `no executable ${named}, which ${variable} names` : "none on the PATH"
    }, ` +
      `wanted one there or in ${variable}`,
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
