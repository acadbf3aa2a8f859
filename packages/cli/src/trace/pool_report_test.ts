import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { poolDifferences, type PoolReport } from "./pool_report.ts";

const STATS = { hits: 3, misses: 2, out: 1, idle: 1, returned: 4, freed: 0, peak: 2 };

function report(backend: string, stats: typeof STATS, change: Partial<PoolReport> = {}): PoolReport {
  return {
    trace: "t.txt",
    backend,
    operations: 9,
    pools: [{ label: "7 bytes", size: 7, stats }],
    failures: { count: 0, codes: {}, first: [] },
    warnings: { count: 0, first: [] },
    holders: [],
    steps: [],
    ...change,
  };
}

describe("poolDifferences()", () => {
  it("finds nothing where backends agree, and where there is one", () => {
    assertEquals(poolDifferences([report("a", STATS), report("b", STATS)], false), []);
    assertEquals(poolDifferences([report("a", STATS)], false), []);
    assertEquals(poolDifferences([], false), []);
  });

  it("names every figure on which they part", () => {
    const other = report("b", { ...STATS, hits: 2, peak: 3 }, {
      failures: { count: 1, codes: { EAGAIN: 1 }, first: [] },
      warnings: { count: 5, first: [] },
    });
    assertEquals(poolDifferences([report("a", STATS), other], false), [
      { figure: "7 bytes hits", values: [3, 2] },
      { figure: "7 bytes peak", values: [2, 3] },
      { figure: "failures EAGAIN", values: [0, 1] },
      { figure: "warnings", values: [0, 5] },
    ]);
    assertEquals(poolDifferences([report("a", STATS), report("b", STATS, { pools: [] })], false).length, 7);
  });

  it("leaves out what depends on a trim with buffers out", () => {
    const other = report("b", { ...STATS, hits: 2, misses: 3, idle: 0, freed: 1, returned: 5 });
    assertEquals(poolDifferences([report("a", STATS), other], true), [
      { figure: "7 bytes returned", values: [4, 5] },
    ]);
  });
});
