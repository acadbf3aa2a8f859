/**
 * The cases that every backend of mediamem must answer alike, and what runs, shrinks, records and reports them. No runtime API.
 *
 * @module
 */
export * from "./src/answer.ts";
export * from "./src/area_run.ts";
export * from "./src/areas.ts";
export * from "./src/areas/image/mod.ts";
export * from "./src/case_id.ts";
export * from "./src/compare_areas.ts";
export * from "./src/conformance_error.ts";
export * from "./src/difference.ts";
export * from "./src/minimise_point.ts";
export * from "./src/minimise_trace.ts";
export * from "./src/model.ts";
export * from "./src/query.ts";
export * from "./src/recording/record_answers.ts";
export * from "./src/recording/recorded_subject.ts";
export * from "./src/recording/recording.ts";
export * from "./src/reports/html.ts";
export * from "./src/reports/json.ts";
export * from "./src/reports/junit.ts";
export * from "./src/reports/matrix.ts";
export * from "./src/reports/merge_reports.ts";
export * from "./src/reports/run_report.ts";
export * from "./src/reports/terminal.ts";
export * from "./src/selection.ts";
export * from "./src/self_test.ts";
export * from "./src/shard.ts";
export * from "./src/subject.ts";
export * from "./src/trace_text.ts";
