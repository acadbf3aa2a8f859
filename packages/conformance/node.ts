/**
 * The conformance as a program: libraries, recordings and reports as files, both runtimes as processes.
 *
 * @module
 */
export { LIBRARIES } from "./src/node/library.ts";
export { type RecordedLibrary, recordLibrary } from "./src/node/record_library.ts";
export { readReports, writeJsonReport, writeReports } from "./src/node/report_files.ts";
export {
  type ConformanceOptions,
  type ConformanceResult,
  runConformance,
} from "./src/node/run_conformance.ts";
export type { RunOptions } from "./src/node/run_here.ts";
export type { RuntimeName } from "./src/node/runtimes.ts";
