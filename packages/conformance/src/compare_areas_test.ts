import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { compareAreas, currentRuntime, type Progress } from "./compare_areas.ts";
import { ConformanceError } from "./conformance_error.ts";
import { isGreen, totalsOf } from "./reports/run_report.ts";
import { DEFAULT_SELECTION } from "./selection.ts";
import { LiveSubject } from "./subject.ts";
import { tinyArea, tinyBackend } from "./tiny_area.ts";
import { tinyReport } from "./tiny_report.ts";

describe("compareAreas()", () => {
  it("reports who was compared with whom, on what", async () => {
    const report = await tinyReport({ notices: ["Mind the gap"] });
    assertEquals(report.runtime, currentRuntime());
    assertEquals([report.ours?.id, report.library?.id], ["core-ts", "tiny"]);
    assertEquals(report.selection, { areas: ["tiny"], scope: "default", seed: 1, shard: null, cases: null });
    assertEquals(report.notices, ["Mind the gap"]);
    assertEquals(report.failures, []);
    assertEquals(JSON.parse(JSON.stringify(report)), report);
  });

  it("counts every case once", async () => {
    const { milliseconds: _, ...totals } = totalsOf((await tinyReport()).tests);
    assertEquals(totals, {
      comparisons: 2404 + 6 + 3 + 52,
      equal: 2404 + 6 + 3 + 52 - 6 - 6 - 1,
      errors: 4,
      known: 6,
      notComparable: 1,
      different: 7,
    });
  });

  it("is green only without a difference and without a failure", async () => {
    const green = await tinyReport({ changes: {} });
    assertEquals(isGreen(green), true);
    assertEquals(isGreen({ ...green, failures: ["It crashed"] }), false);
    assertEquals(isGreen(await tinyReport()), false);
  });

  it("says how far it is", async () => {
    const seen: Progress[] = [];
    const subject = new LiveSubject(tinyBackend());
    await compareAreas([tinyArea], subject, subject, {
      selection: DEFAULT_SELECTION,
      onProgress: (progress) => seen.push(progress),
    });
    assert(seen.length > 0);
    assertEquals(seen.at(-1), { done: 2466, total: 2466, different: 0, test: "" });
  });

  it("refuses to compare nothing", async () => {
    const error = await assertRejects(
      () => tinyReport({ cases: "tiny/strid" }),
      ConformanceError,
      "tiny/strid: found no such case",
    );
    assertEquals(error.code, "USAGE");
  });

  it("says which areas the library does not have", async () => {
    const subject = new LiveSubject(tinyBackend());
    const { notices } = await compareAreas([tinyArea, { ...tinyArea, name: "other" }], subject, subject, {
      selection: DEFAULT_SELECTION,
    });
    assertEquals(notices, ["core-ts has no area other"]);
  });
});
