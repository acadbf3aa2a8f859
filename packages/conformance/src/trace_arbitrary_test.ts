import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Operation } from "./model.ts";
import { TraceArbitrary } from "./trace_arbitrary.ts";
import { traceGenerator } from "./trace_generator.ts";

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.constant({ op: "look" }),
  fc.nat(1000).map((value) => ({ op: "put", value })),
  fc.tuple(fc.nat(9), fc.nat(1000)).map(([at, size]) => ({ op: "take", at, size })),
);
const first = fc.nat(50).map((value) => ({ op: "begin", value }));
const traces = traceGenerator(new TraceArbitrary(operation, { maxLength: 200, first }));
const SEEDS = Array.from({ length: 300 }, (_, run) => run);

describe("TraceArbitrary", () => {
  it("makes traces of every length alike", () => {
    const lengths = SEEDS.map((run) => traces.trace(1, run).length);
    assertEquals(lengths.filter((length) => length < 1 || length > 200), []);
    for (let from = 0; from < 200; from += 50) {
      const count = lengths.filter((length) => length > from && length <= from + 50).length;
      assert(count > 45, `${count} of 300 traces have ${from + 1} to ${from + 50} operations`);
    }
  });

  it("begins as it was told", () => {
    for (const run of SEEDS) {
      assertEquals(
        traces.trace(2, run).map(({ op }, i) => (op === "begin") === (i === 0)).includes(false),
        false,
      );
    }
  });

  it("makes the same trace from the same seed, whatever was made before", () => {
    const late = traces.trace(3, 70);
    assertEquals(traces.trace(3, 70), late);
    assert(JSON.stringify(traces.trace(4, 70)) !== JSON.stringify(late));
    assert(JSON.stringify(traces.trace(3, 71)) !== JSON.stringify(late));
  });

  it("shrinks two hundred operations to the few that matter, and each of them", () => {
    const fails = (operations: readonly Operation[]): boolean => {
      const put = operations.findIndex(({ op, value }) => op === "put" && (value as number) > 500);
      return put >= 0 && operations.slice(put).some(({ op, size }) => op === "take" && (size as number) > 17);
    };
    let longest = 0;
    for (const run of SEEDS.slice(0, 40)) {
      const trace = traces.trace(5, run);
      if (!fails(trace)) continue;
      longest = Math.max(longest, trace.length);
      assertEquals(traces.shrink(5, run, fails), [{ op: "put", value: 501 }, {
        op: "take",
        at: 0,
        size: 18,
      }]);
    }
    assert(longest > 150);
  });

  it("shrinks the operation that came first, where it is one that matters", () => {
    const fails = (operations: readonly Operation[]): boolean =>
      operations.some(({ op, value }) => op === "begin" && (value as number) > 3);
    const run = SEEDS.find((each) => fails(traces.trace(6, each)))!;
    assertEquals(traces.shrink(6, run, fails), [{ op: "begin", value: 4 }]);
  });
});
