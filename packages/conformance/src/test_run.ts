import type { Test } from "./model.ts";
import type { Tally } from "./tally.ts";

/** The run of one test, in slices. */
export interface TestRun {
  readonly test: Test;
  /** What came of the cases so far. */
  readonly tally: Tally;
  /** How many cases are selected, over all shards. */
  readonly count: number;
  /** How many cases this run compares. */
  readonly total: number;
  /** How many of them are done. */
  readonly done: number;
  /** Goes on until `performance.now()` passes that time; false once everything is done. */
  step(until: number): boolean;
}
