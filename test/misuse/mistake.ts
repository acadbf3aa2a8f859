/**
 * What every program of this folder is made with: one deliberate mistake on the backend that its first argument names, told on standard
 * output as a line of JSON.
 *
 * Each is a process of its own, so that a crash is a crash of that process and not of the tests.
 */
import process from "node:process";
import { createCore } from "@mediamem/core-ts";
import { loadAvutil } from "@mediamem/ffi-avutil";
import {
  type Backend,
  type Buffers,
  type Frames,
  type Ledger,
  MediaError,
  type Memory,
} from "@mediamem/interface";

/** A backend with everything that can be misused. */
export interface Misused extends Backend {
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly buffers: Buffers;
  readonly frames: Frames;
}

/** How a mistake ended: in an error, in nothing, or not at all because the library is not there. */
export interface Ending {
  /** The code of a `MediaError`, else the name of the error; null where nothing was thrown. */
  readonly code: string | null;
  /** What it said. */
  readonly message: string;
}

function open(name: string | undefined): Misused {
  if (name === "core-ts") return createCore({ tracing: "all" });
  if (name === "avutil") return loadAvutil({ tracing: "all" });
  throw new Error(`Cannot make a mistake on ${name}: wanted core-ts or avutil`);
}

/** Makes the mistake, and tells how it ended. */
export async function mistake(make: (backend: Misused) => void | Promise<void>): Promise<void> {
  const backend = open(process.argv[2]);
  let ending: Ending = { code: null, message: "" };
  try {
    await make(backend);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    ending = { code: error instanceof MediaError ? error.code : error.name, message: error.message };
  }
  console.log(JSON.stringify(ending));
}
