import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConformanceError } from "../conformance_error.ts";
import { tinyReport } from "../tiny_report.ts";
import { readReports, writeJsonReport, writeReports } from "./report_files.ts";

describe("writeReports() and readReports()", () => {
  it("write every form into a folder, and read the JSON of several", async () => {
    const folder = mkdtempSync(join(tmpdir(), "mediamem-report-"));
    try {
      const report = await tinyReport();
      const files = writeReports(join(folder, "deep", "er"), [report]);
      assertEquals(files.map((file) => file.slice(folder.length)), [
        "/deep/er/index.html",
        "/deep/er/report.json",
        "/deep/er/junit.xml",
        "/deep/er/matrix.md",
      ]);
      for (const file of files) assertStringIncludes(readFileSync(file, "utf8"), "libtiny");
      const other = join(folder, "json", "other.json");
      writeJsonReport(other, [report]);
      assertEquals(readReports([files[1]!, other]), [report, report]);
      writeFileSync(other, "no JSON");
      assertThrows(
        () => readReports([other]),
        ConformanceError,
        `Cannot read ${other}: Cannot read the report: found no JSON`,
      );
      assertThrows(() => readReports([join(folder, "none")]), ConformanceError, "none");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
