import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { currentRuntime } from "../compare_areas.ts";
import { tinyReport } from "../tiny_report.ts";
import { renderMatrix } from "./matrix.ts";

const runtime = `${currentRuntime().name} ${currentRuntime().version}`;

describe("renderMatrix()", () => {
  it("has a row for each run and a column for each area", async () => {
    const red = await tinyReport();
    const recorded = { ...red.library!, id: "recorded:tiny-1" };
    assertEquals(
      renderMatrix([red, { ...await tinyReport({ changes: {} }), library: recorded }, {
        ...red,
        failures: ["It died"],
      }]),
      [
        "| library | runtime | tiny |",
        "| --- | --- | --- |",
        `| libtiny 1.0.0 | ${runtime} | 2,452 equal, **7 different**, 6 known, 1 not comparable |`,
        `| libtiny 1.0.0 (recorded) | ${runtime} | 2,465 equal, 1 not comparable |`,
        `| libtiny 1.0.0 | ${runtime} | the run failed |`,
        "",
      ].join("\n"),
    );
  });
});
