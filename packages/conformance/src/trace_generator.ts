import fc, { type Arbitrary, type Parameters } from "fast-check";
import { hashText } from "./answer.ts";
import type { Operation, TraceGenerator } from "./model.ts";

/** How many shorter traces are tried before the shortest so far has to do. */
const ATTEMPTS = 5000;

/** Makes the random traces that an arbitrary of fast-check describes. */
export function traceGenerator(arbitrary: Arbitrary<readonly Operation[]>): TraceGenerator {
  return {
    trace: (seed, run) => fc.sample(arbitrary, parameters(seed, run))[0]!,
    shrink(seed, run, fails) {
      let attempts = 0;
      let shortest: readonly Operation[] = [];
      const holds = fc.property(arbitrary, (operations) => {
        if (attempts++ > ATTEMPTS || !fails(operations)) return true;
        shortest = operations;
        return false;
      });
      fc.check(holds, parameters<[readonly Operation[]]>(seed, run));
      return shortest;
    },
  };
}

/** Each trace has a seed of its own, so that none waits for those before it. */
function parameters<T>(seed: number, run: number): Parameters<T> {
  return { seed: hashText(`${seed};${run}`) | 0, numRuns: 1 };
}
