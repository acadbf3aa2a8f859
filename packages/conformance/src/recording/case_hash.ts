import { formatCaseId } from "../case_id.ts";
import type { Test } from "../model.ts";
import { formatValue } from "../parameter_text.ts";
import { traceCases } from "../trace_cases.ts";
import { formatTrace } from "../trace_text.ts";

/** The hashes of each test by their seed: a test makes thousands of traces, and there are several recordings of it. */
const hashes = new WeakMap<Test, Map<number, Promise<string>>>();

/**
 * A hash of all cases of a test: its id, its parameters, and every value of its grids or every trace.
 *
 * @returns 16 hexadecimal digits of the SHA-256.
 */
export function hashCases(test: Test, seed: number): Promise<string> {
  const known = hashes.get(test) ?? new Map<number, Promise<string>>();
  hashes.set(test, known);
  const hash = known.get(seed) ?? computeHash(test, seed);
  known.set(seed, hash);
  return hash;
}

async function computeHash(test: Test, seed: number): Promise<string> {
  const cases = test.kind === "vector"
    ? [
      test.parameters,
      ...test.grids("default", seed).map((grid) => grid.map((values) => values.map(formatValue))),
    ]
    : traceCases(test, { scope: "default", seed, query: null })
      .map((
        { names, values, operations },
      ) => [formatCaseId(test.id, names, values), formatTrace(operations())]);
  const text = new TextEncoder().encode(JSON.stringify([test.id, cases]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
