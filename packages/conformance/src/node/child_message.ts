import type { Progress } from "../compare_areas.ts";
import type { ConformanceErrorCode } from "../conformance_error.ts";
import type { RunReport } from "../reports/run_report.ts";

/** What a child process says, one line of JSON each. */
export type ChildMessage =
  | { readonly kind: "started"; readonly runtime: RunReport["runtime"] }
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "report"; readonly report: RunReport }
  | { readonly kind: "refused"; readonly code: ConformanceErrorCode; readonly message: string };

/** Reads a line; null where it is something else that was printed. */
export function parseChildMessage(line: string): ChildMessage | null {
  if (!line.startsWith('{"kind":')) return null;
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
