import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { ConformanceError } from "../conformance_error.ts";
import { tinyReport } from "../tiny_report.ts";
import { parseReports, reportsToJson } from "./json.ts";

describe("reportsToJson() and parseReports()", () => {
  it("give back the reports", async () => {
    const reports = [await tinyReport()];
    assertEquals(parseReports(reportsToJson(reports)), reports);
  });

  it("refuse anything else", async () => {
    const later = { ...await tinyReport(), version: 2 };
    for (const text of ["", "{}", "[null]", "[{}]", JSON.stringify([later])]) {
      assertEquals(
        assertThrows(() => parseReports(text), ConformanceError, "Cannot read the report").code,
        "REPORT_CORRUPT",
      );
    }
  });
});
