/**
 * The cases that every backend of mediamem must answer alike, and what runs, shrinks, records and reports them. No runtime API.
 *
 * @module
 */
export { Answer, type AnswerError } from "./src/answer.ts";
export { type AreaResult, AreaRun, type KnownReport } from "./src/area_run.ts";
export { AbsentSubject } from "./src/absent_subject.ts";
export { AREAS, areasNamed, libraryOf } from "./src/areas.ts";
export { buffersArea } from "./src/areas/buffers/mod.ts";
export { framesArea } from "./src/areas/frames/mod.ts";
export { imageArea } from "./src/areas/image/mod.ts";
export { ioArea } from "./src/areas/io/mod.ts";
export { memoryArea } from "./src/areas/memory/mod.ts";
export { type CaseId, formatCaseId, parseCaseId } from "./src/case_id.ts";
export { compareAreas, type CompareOptions, type Progress } from "./src/compare_areas.ts";
export type { Verdict } from "./src/comparison.ts";
export { ConformanceError, type ConformanceErrorCode } from "./src/conformance_error.ts";
export type { Difference, ShownCase, Verdicts } from "./src/difference.ts";
export { minimisePoint } from "./src/minimise_point.ts";
export { minimiseTrace } from "./src/minimise_trace.ts";
export type * from "./src/model.ts";
export { parseQuery, type Query } from "./src/query.ts";
export { recordAnswers } from "./src/recording/record_answers.ts";
export { RecordedSubject } from "./src/recording/recorded_subject.ts";
export {
  decodeRecording,
  encodeRecording,
  type RecordedTest,
  type Recording,
  type RecordingHeader,
} from "./src/recording/recording.ts";
export { renderHtml } from "./src/reports/html.ts";
export { parseReports, reportsToJson } from "./src/reports/json.ts";
export { renderJunit } from "./src/reports/junit.ts";
export { renderMatrix } from "./src/reports/matrix.ts";
export { mergeReports } from "./src/reports/merge_reports.ts";
export {
  isGreen,
  type RunReport,
  type SelectionReport,
  type SubjectReport,
  type Totals,
  totalsOf,
} from "./src/reports/run_report.ts";
export { renderTerminal, type TerminalOptions } from "./src/reports/terminal.ts";
export type { TestReport } from "./src/reports/test_report.ts";
export { DEFAULT_SEED, DEFAULT_SELECTION, type Selection } from "./src/selection.ts";
export { type DefectReport, selfTest, type SelfTestReport } from "./src/planted_defects.ts";
export { parseShard, type Shard } from "./src/shard.ts";
export { LiveSubject, type Subject } from "./src/subject.ts";
export { formatTrace, parseTrace } from "./src/trace_text.ts";
