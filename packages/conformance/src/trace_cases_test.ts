import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { parseQuery } from "./query.ts";
import { DEFAULT_SELECTION } from "./selection.ts";
import { stackTest } from "./tiny_area.ts";
import { type TraceCase, traceCases } from "./trace_cases.ts";

const cases = (query: string | null): TraceCase[] =>
  traceCases(stackTest, { ...DEFAULT_SELECTION, query: query === null ? null : parseQuery(query) });

describe("traceCases()", () => {
  it("gives the traces by hand, then as many random ones as the scope runs", () => {
    const all = cases(null);
    assertEquals(all.length, 52);
    assertEquals(all.map(({ ordinal }) => ordinal), [...all.keys()]);
    assertEquals(all.slice(0, 3).map(({ values }) => values), [["empty"], ["deep"], [1, 0]]);
    assertEquals(all[9]!.operations(), stackTest.random.trace(1, 7));
  });

  it("gives one by its id, also one that the scope does not run", () => {
    for (const [run, ordinal] of [[7, 9], [50, -1], [1_000_000_000, -1]] as const) {
      const [only, ...others] = cases(`tiny/stack:seed=1;run=${run}`);
      assertEquals(others, []);
      assertEquals([only!.ordinal, only!.values], [ordinal, [1, run]]);
      assertEquals(only!.operations(), stackTest.random.trace(1, run));
    }
    assertEquals(cases("tiny/stack:seed=2;run=3")[0]!.ordinal, -1);
    assertEquals(cases("tiny/stack:name=deep").map(({ ordinal }) => ordinal), [1]);
    assertEquals(cases("tiny/stack:trace=pop")[0]!.operations(), [{ op: "pop" }]);
  });

  it("gives nothing for a run that there is not", () => {
    for (const run of ["-1", "0.5", "first", "1e400"]) assertEquals(cases(`tiny/stack:run=${run}`), []);
  });
});
