import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { AbsentSubject } from "./absent_subject.ts";
import { compareAreas } from "./compare_areas.ts";
import { isGreen, totalsOf } from "./reports/run_report.ts";
import { verdict } from "./reports/terminal.ts";
import { DEFAULT_SELECTION } from "./selection.ts";
import { LiveSubject } from "./subject.ts";
import { tinyArea, tinyBackend } from "./tiny_area.ts";

const subject = new AbsentSubject("avformat", "This machine has no libavformat that opens");

describe("AbsentSubject", () => {
  it("counts every case as not comparable, with its reason", async () => {
    const ours = new LiveSubject(tinyBackend());
    const report = await compareAreas([tinyArea], ours, subject, { selection: DEFAULT_SELECTION });
    const { comparisons, notComparable, different } = totalsOf(report.tests);
    assertEquals([comparisons, different, isGreen(report)], [0, 0, true]);
    assertEquals(notComparable > 2000, true, String(notComparable));
    for (const test of report.tests) {
      assertEquals(
        Object.keys(test.notComparable),
        ["This machine has no libavformat that opens"],
        test.test,
      );
    }
    assertEquals(verdict(report).includes("libavformat (missing)"), true, verdict(report));
  });

  it("answers nothing", () => {
    assertThrows(() => subject.answer(), TypeError, "no libavformat");
    assertThrows(() => subject.play(), TypeError, "no libavformat");
    assertEquals([subject.picture(), subject.overview()], [null, []]);
  });
});
