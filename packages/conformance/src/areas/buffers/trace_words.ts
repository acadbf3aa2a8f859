import { MediaError } from "@mediamem/interface";
import type { Operation } from "../../model.ts";
import { PlannedError } from "./pool_sources.ts";

/** How an answer says what a buffer's opaque is. */
export function describe(opaque: unknown): string {
  return opaque === null ? "null" : typeof opaque === "string" ? `"${opaque}"` : "private";
}

/** What an answer says about an error: its code, or that it is one of the trace's own. Errors that no backend may throw go on. */
export function wordFor(error: unknown): string {
  if (error instanceof MediaError) return error.code;
  if (error instanceof PlannedError) return "thrown";
  if (error instanceof AggregateError) return `thrown ${error.errors.map(wordFor).join(", ")}`;
  if (error instanceof TypeError) return "TypeError";
  throw error;
}

/** What a trace that nobody can play fails with. */
export function unknown({ op }: Operation): Error {
  // No TypeError: that is an answer, on which both sides would agree.
  return new Error(
    `Cannot play a trace: found the operation ${op}, wanted one that is in trace_operations.ts`,
  );
}
