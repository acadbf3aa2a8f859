import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { ThinnedSeries } from "./thinned_series.ts";

function run(steps: number, most: number): ThinnedSeries {
  const series = new ThinnedSeries(["highest", "later"], most);
  for (let step = 0; step < steps; step++) if (series.wants(step)) series.add(step, step % 10, step);
  return series;
}

describe("ThinnedSeries", () => {
  it("keeps everything of a short run", () => {
    const series = run(7, 8);
    assertEquals(series.steps, [0, 1, 2, 3, 4, 5, 6]);
    assertEquals(series.values(0), [0, 1, 2, 3, 4, 5, 6]);
  });

  it("makes two steps one where there are too many: the higher figure, or the later", () => {
    const series = new ThinnedSeries(["highest", "later"], 4);
    for (const [step, figure] of [[0, 9], [1, 2], [2, 3], [3, 4]] as const) series.add(step, figure, figure);
    assertEquals(series.steps, [1, 3]);
    assertEquals(series.values(0), [9, 4]);
    assertEquals(series.values(1), [2, 4]);
    assertEquals([series.wants(4), series.wants(5)], [true, false]);
  });

  it("keeps a run of any length in the same memory, ascending", () => {
    for (const steps of [100, 12_345, 1_000_000]) {
      const series = run(steps, 50);
      assert(series.steps.length < 50 && series.steps.length >= 24);
      assertEquals(series.values(1), series.steps);
      for (const [i, step] of series.steps.entries()) assert(i === 0 || step > series.steps[i - 1]!);
    }
  });
});
