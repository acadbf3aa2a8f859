/**
 * Runs the conformance in a process of its own: `child_main.ts OPTIONS`, with the options as JSON. Says how it goes as lines of JSON.
 *
 * @module
 */
import process from "node:process";
import { currentRuntime } from "../compare_areas.ts";
import { ConformanceError } from "../conformance_error.ts";
import type { ChildMessage } from "./child_message.ts";
import { runHere } from "./run_here.ts";

function say(message: ChildMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

say({ kind: "started", runtime: currentRuntime() });
try {
  const report = await runHere(
    JSON.parse(process.argv[2]!),
    (progress) => say({ kind: "progress", progress }),
  );
  say({ kind: "report", report });
} catch (error) {
  if (!(error instanceof ConformanceError)) throw error;
  say({ kind: "refused", code: error.code, message: error.message });
}
