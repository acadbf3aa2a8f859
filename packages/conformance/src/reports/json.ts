import { ConformanceError } from "../conformance_error.ts";
import { REPORT_VERSION, type RunReport } from "./run_report.ts";

/**
 * Writes reports as JSON, to be merged or looked at later.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseReports, reportsToJson } from "@mediamem/conformance";
 *
 * assertEquals(parseReports(reportsToJson([])), []);
 * ```
 */
export function reportsToJson(reports: readonly RunReport[]): string {
  return `${JSON.stringify(reports, null, 2)}\n`;
}

/**
 * Reads what {@linkcode reportsToJson} wrote. Throws `REPORT_CORRUPT` for anything else.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { ConformanceError, parseReports } from "@mediamem/conformance";
 *
 * assertThrows(() => parseReports("{}"), ConformanceError, "Cannot read the report");
 * ```
 */
export function parseReports(text: string): readonly RunReport[] {
  let reports: unknown;
  try {
    reports = JSON.parse(text);
  } catch (cause) {
    throw new ConformanceError(
      "REPORT_CORRUPT",
      "Cannot read the report: found no JSON, wanted reports",
      cause,
    );
  }
  const versions = Array.isArray(reports)
    ? reports.map((report: Partial<RunReport> | null) => report?.version)
    : [undefined];
  for (const version of versions) {
    if (version === REPORT_VERSION) continue;
    throw new ConformanceError(
      "REPORT_CORRUPT",
      `Cannot read the report: found version ${version}, wanted ${REPORT_VERSION}`,
    );
  }
  return reports as RunReport[];
}
