import fc from "fast-check";
import type { Operation, TraceTest } from "./model.ts";

/** How many shorter traces are tried before the shortest so far has to do. */
const ATTEMPTS = 5000;

/** All random traces of a seed, the same on every runtime. */
export function randomTraces(test: TraceTest, seed: number, runs: number): readonly (readonly Operation[])[] {
  return runs === 0 ? [] : fc.sample(test.random, { seed, numRuns: runs });
}

/**
 * Shrinks the random trace number `run` of a seed to the shortest on which `fails` still holds.
 *
 * The generator does the shrinking, so that the result is a trace that it could have made.
 */
export function minimiseRandomTrace(
  test: TraceTest,
  seed: number,
  run: number,
  fails: (operations: readonly Operation[]) => boolean,
): readonly Operation[] {
  let attempts = 0;
  let shortest: readonly Operation[] = [];
  const holds = fc.property(test.random, (operations) => {
    if (attempts++ > ATTEMPTS || !fails(operations)) return true;
    shortest = operations;
    return false;
  });
  fc.check(holds, { seed, path: String(run), numRuns: 1 });
  return shortest;
}

/**
 * Drops operations from a trace for as long as `fails` still holds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { minimiseTrace } from "@mediamem/conformance";
 *
 * const trace = [{ op: "alloc" }, { op: "look" }, { op: "free" }];
 * const fails = (operations: readonly { op: string }[]) => operations.some(({ op }) => op === "free");
 * assertEquals(minimiseTrace(trace, fails), [{ op: "free" }]);
 * ```
 */
export function minimiseTrace(
  operations: readonly Operation[],
  fails: (operations: readonly Operation[]) => boolean,
): readonly Operation[] {
  let best = operations;
  for (let size = best.length; size >= 1;) {
    let dropped = false;
    for (let at = 0; at < best.length;) {
      const shorter = [...best.slice(0, at), ...best.slice(at + size)];
      if (fails(shorter)) {
        best = shorter;
        dropped = true;
      } else at += size;
    }
    if (!dropped || size > 1) size >>= 1;
  }
  return best;
}
