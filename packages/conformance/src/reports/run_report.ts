import type { ImageLayout, LibraryInfo } from "@mediamem/interface";
import type { KnownReport } from "../area_run.ts";
import type { Difference, ShownCase } from "../difference.ts";
import type { Reference, Scope } from "../model.ts";
import type { Shard } from "../shard.ts";
import { sum, type TestReport } from "./test_report.ts";

/** The version of the reports' JSON. */
export const REPORT_VERSION = 1;

/** One side of a run. */
export interface SubjectReport {
  /** `core-ts`, `avutil`, `recorded:avutil-57`. */
  readonly id: string;
  /** The library behind it, and where it was found. */
  readonly library: LibraryInfo;
}

/** What a run was asked for. */
export interface SelectionReport {
  /** Names of the areas. */
  readonly areas: readonly string[];
  /** How much of the grids. */
  readonly scope: Scope;
  /** The seed of the grids. */
  readonly seed: number;
  /** One of several equal parts; null: all of it. */
  readonly shard: Shard | null;
  /** The query; null: every case. */
  readonly cases: string | null;
}

/** Everything about one run: one runtime, one library. Plain data. */
export interface RunReport {
  /** The version of this format. */
  readonly version: 1;
  /** `Deno`, `Bun`, and their version. */
  readonly runtime: { readonly name: string; readonly version: string };
  /** The side that is tested; null where the run did not come so far. */
  readonly ours: SubjectReport | null;
  /** The side that is right; null where the run did not come so far. */
  readonly library: SubjectReport | null;
  /** Which cases were compared. */
  readonly selection: SelectionReport;
  /** What came of each test. */
  readonly tests: readonly TestReport[];
  /** Where the two sides part, each in its simplest case. */
  readonly differences: readonly Difference[];
  /** The cases one by one, where few were asked for. */
  readonly cases: readonly ShownCase[];
  /** The differences that are kept on purpose. */
  readonly known: readonly KnownReport[];
  /** Layouts to show beside the counts. */
  readonly pictures: readonly ImageLayout[];
  /** What a reader must know about the run, one sentence each. */
  readonly notices: readonly string[];
  /** What kept the run from being whole, one sentence each: a crash, a missing shard. */
  readonly failures: readonly string[];
}

/** What the tests of a run add up to. */
export interface Totals {
  /** Cases in which both sides answered. */
  readonly comparisons: number;
  /** Equal answers. */
  readonly equal: number;
  /** Equal answers that were errors. */
  readonly errors: number;
  /** Differences that are kept on purpose. */
  readonly known: number;
  /** Cases that could not be compared. */
  readonly notComparable: number;
  /** Differences. */
  readonly different: number;
  /** The time that the cases took. */
  readonly milliseconds: number;
}

/**
 * Adds up the counts of tests.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { totalsOf } from "@mediamem/conformance";
 *
 * assertEquals(totalsOf([]).comparisons, 0);
 * ```
 */
export function totalsOf(tests: readonly TestReport[]): Totals {
  const add = (count: (test: TestReport) => number): number =>
    tests.reduce((total, test) => total + count(test), 0);
  return {
    comparisons: add((test) => test.comparisons),
    equal: add((test) => test.equal),
    errors: add((test) => sum(test.errors)),
    known: add((test) => sum(test.known)),
    notComparable: add((test) => sum(test.notComparable)),
    different: add((test) => test.different),
    milliseconds: add((test) => test.milliseconds),
  };
}

/**
 * Whether a run was whole and found no difference.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 * import { AREAS, compareAreas, DEFAULT_SELECTION, isGreen, LiveSubject, parseQuery, totalsOf } from "@mediamem/conformance";
 *
 * using backend = createCore();
 * const subject = new LiveSubject(backend);
 * const selection = { ...DEFAULT_SELECTION, query: parseQuery("image/linesize:format=nv12;width=99;plane=0") };
 * const report = await compareAreas(AREAS, subject, subject, { selection });
 * assertEquals(totalsOf(report.tests).different, 0);
 * assertEquals(isGreen(report), true);
 * assertEquals(isGreen({ ...report, failures: ["Bun crashed"] }), false);
 * ```
 */
export function isGreen({ tests, failures }: RunReport): boolean {
  return failures.length === 0 && totalsOf(tests).different === 0;
}

/** What a report says about a subject. */
export function subjectReport({ id, library }: Reference): SubjectReport {
  return { id, library };
}

/** `libavutil 57.43.100`, with a word where the answers were recorded. */
export function subjectName(subject: SubjectReport | null): string {
  if (subject === null) return "no library";
  const { name, version } = subject.library;
  return `${name} ${version}${subject.id.startsWith("recorded:") ? " (recorded)" : ""}`;
}

/** `libavutil`, or what stands for it in a report that has none. */
export function sideName(subject: SubjectReport | null): string {
  return subject?.library.name ?? "none";
}

/** What came of a case: `equal`, `known: image/xyz-flag`, `not comparable: the library does not have this pixel format`. */
export function verdictInWords({ verdict, detail }: ShownCase): string {
  const words = verdict === "notComparable" ? "not comparable" : verdict;
  return detail === "" ? words : `${words}: ${detail}`;
}

/** `Deno 2.9.6`. */
export function runtimeName({ runtime }: RunReport): string {
  return `${runtime.name} ${runtime.version}`;
}

/** The command that runs one case again. */
export function reproduceCommand({ library, runtime }: RunReport, id: string): string {
  const backend = library === null ? "" : ` --backend ${library.id}`;
  return `./scripts/conformance${backend} --runtime ${runtime.name.toLowerCase()} --case '${
    id.replaceAll("'", "'\\''")
  }'`;
}

/** All reasons why cases were not comparable, with their counts. */
export function reasonsOf(tests: readonly TestReport[]): ReadonlyMap<string, number> {
  const reasons = new Map<string, number>();
  for (const { notComparable } of tests) {
    for (const [reason, count] of Object.entries(notComparable)) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    }
  }
  return reasons;
}
