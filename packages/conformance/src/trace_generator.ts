import fc, { type Arbitrary } from "fast-check";
import type { Operation, TraceGenerator } from "./model.ts";

/** How many shorter traces are tried before the shortest so far has to do. */
const ATTEMPTS = 5000;

/** Makes the random traces that an arbitrary of fast-check describes. */
export function traceGenerator(arbitrary: Arbitrary<readonly Operation[]>): TraceGenerator {
  return {
    traces: (seed, runs) => runs === 0 ? [] : fc.sample(arbitrary, { seed, numRuns: runs }),
    shrink(seed, run, fails) {
      let attempts = 0;
      let shortest: readonly Operation[] = [];
      const holds = fc.property(arbitrary, (operations) => {
        if (attempts++ > ATTEMPTS || !fails(operations)) return true;
        shortest = operations;
        return false;
      });
      fc.check(holds, { seed, path: String(run), numRuns: 1 });
      return shortest;
    },
  };
}
