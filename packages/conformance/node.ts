/**
 * The conformance as a program: libraries, recordings and reports as files, both runtimes as processes. Deno and Bun.
 *
 * @module
 */
export * from "./src/node/record_library.ts";
export * from "./src/node/recorded_files.ts";
export * from "./src/node/report_files.ts";
export * from "./src/node/run_conformance.ts";
export * from "./src/node/run_here.ts";
export * from "./src/node/runtimes.ts";
