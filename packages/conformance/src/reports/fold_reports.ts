import type { RunReport } from "./run_report.ts";

/**
 * Puts reports together that say the same, the runtime, its notices and the time it took aside: nobody wants to read twice that Deno and Bun agree.
 */
export function foldReports(
  reports: readonly RunReport[],
): readonly (readonly [RunReport, ...RunReport[]])[] {
  const groups = new Map<string, [RunReport, ...RunReport[]]>();
  for (const report of reports) {
    const tests = report.tests.map((test) => ({ ...test, milliseconds: 0 }));
    const key = JSON.stringify({ ...report, runtime: null, notices: null, tests });
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [report]);
    else group.push(report);
  }
  return [...groups.values()];
}
