import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ConformanceError } from "../conformance_error.ts";
import { renderHtml } from "../reports/html.ts";
import { parseReports, reportsToJson } from "../reports/json.ts";
import { renderJunit } from "../reports/junit.ts";
import { renderMatrix } from "../reports/matrix.ts";
import type { RunReport } from "../reports/run_report.ts";

/**
 * Writes reports into a folder in every form: `index.html`, `report.json`, `junit.xml` and `matrix.md`. Gives the paths.
 *
 * The folder is made where it is missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { readReports, writeReports } from "@mediamem/conformance/node";
 *
 * const folder = mkdtempSync(join(tmpdir(), "mediamem-"));
 * writeReports(folder, []);
 * assertEquals(readReports([join(folder, "report.json")]), []);
 * rmSync(folder, { recursive: true });
 * ```
 */
export function writeReports(folder: string, reports: readonly RunReport[]): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const files: [string, string][] = [
    ["index.html", renderHtml(reports)],
    ["report.json", reportsToJson(reports)],
    ["junit.xml", renderJunit(reports)],
    ["matrix.md", renderMatrix(reports)],
  ];
  return files.map(([name, text]) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  });
}

/**
 * Writes reports as one JSON file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mkdtempSync, rmSync } from "node:fs";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import { readReports, writeJsonReport } from "@mediamem/conformance/node";
 *
 * const folder = mkdtempSync(join(tmpdir(), "mediamem-"));
 * writeJsonReport(join(folder, "shard-1.json"), []);
 * assertEquals(readReports([join(folder, "shard-1.json")]), []);
 * rmSync(folder, { recursive: true });
 * ```
 */
export function writeJsonReport(path: string, reports: readonly RunReport[]): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, reportsToJson(reports));
}

/**
 * Reads the reports of several JSON files. Throws `REPORT_CORRUPT` for a file that holds none, and names it.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { ConformanceError } from "@mediamem/conformance";
 * import { readReports } from "@mediamem/conformance/node";
 *
 * assertThrows(() => readReports(["/nonexistent.json"]), ConformanceError, "Cannot read /nonexistent.json");
 * ```
 */
export function readReports(paths: readonly string[]): readonly RunReport[] {
  return paths.flatMap((path) => {
    try {
      return parseReports(readFileSync(path, "utf8"));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ConformanceError("REPORT_CORRUPT", `Cannot read ${path}: ${reason}`, error);
    }
  });
}
