import type { Operation } from "./model.ts";

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
