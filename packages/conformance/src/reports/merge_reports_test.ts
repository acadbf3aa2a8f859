import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { tinyReport } from "../tiny_report.ts";
import { mergeReports } from "./merge_reports.ts";
import { isGreen, type RunReport } from "./run_report.ts";

const timeless = ({ tests, ...report }: RunReport): unknown => ({
  ...report,
  tests: tests.map((test) => ({ ...test, milliseconds: 0 })),
});

const shards = (count: number, indexes: readonly number[]): Promise<RunReport[]> =>
  Promise.all(indexes.map((index) => tinyReport({ shard: { index, count } })));

describe("mergeReports()", () => {
  it("makes of all shards what one run makes, in any order", async () => {
    const [merged, ...others] = mergeReports(await shards(3, [2, 3, 1]));
    assertEquals(others, []);
    assertEquals(timeless(merged!), timeless(await tinyReport()));
  });

  it("leaves whole runs as they are, and runs of other runtimes and libraries apart", async () => {
    const one = await tinyReport();
    const other = { ...one, runtime: { name: "Other", version: "1.0.0" } };
    const newer = await tinyReport({ version: "2.0.0" });
    const selected = await tinyReport({ cases: "tiny/check" });
    assertEquals(mergeReports([one, other, newer, selected]), [one, other, newer, selected]);
  });

  it("is red where a shard is missing or comes twice, and counts nothing twice", async () => {
    const [missing] = mergeReports(await shards(4, [1, 4]));
    assertEquals(missing!.failures, ["Shard 2/4 is missing", "Shard 3/4 is missing"]);
    assertEquals(isGreen(missing!), false);
    const [twice] = mergeReports(await shards(2, [1, 2, 2]));
    assertEquals(twice!.failures, ["Shard 2/2 came twice"]);
    assertEquals(
      timeless({ ...twice!, failures: [] }),
      timeless(await tinyReport()),
    );
    const [same] = mergeReports([await tinyReport(), await tinyReport()]);
    assertEquals(same!.failures, ["Shard 1/1 came twice"]);
  });

  it("is red where shards of different runs are mixed", async () => {
    const [mixed] = mergeReports([...(await shards(2, [1])), ...(await shards(3, [2]))]);
    assertEquals(
      mixed!.failures.includes("Shard 1/2 is from a run of 2 shards, the others from one of 3"),
      true,
    );
  });

  it("keeps the failures and notices of the shards", async () => {
    const [first, second] = await shards(2, [1, 2]);
    const [merged] = mergeReports([
      { ...first!, failures: ["Bun crashed"], notices: ["a", "b"] },
      { ...second!, notices: ["b", "c"] },
    ]);
    assertEquals(merged!.failures, ["Bun crashed"]);
    assertEquals(merged!.notices, ["a", "b", "c"]);
  });
});
