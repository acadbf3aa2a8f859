import type { ImageLayout } from "@mediamem/interface";
import type { Difference, ShownCase } from "./difference.ts";
import type { Area, Test } from "./model.ts";
import { wantedTests } from "./query.ts";
import type { Selection } from "./selection.ts";
import type { Subject } from "./subject.ts";
import type { TestReport } from "./reports/test_report.ts";
import type { TestRun } from "./test_run.ts";
import { TraceRun } from "./trace_run.ts";
import { VectorRun } from "./vector_run.ts";

/** A difference that is kept on purpose, and how often it was seen. */
export interface KnownReport {
  /** `area/name`. */
  readonly id: string;
  /** Which majors answer how, and why ours is kept. */
  readonly reason: string;
  /** How many cases showed it. */
  readonly count: number;
}

/** What came of one area. */
export interface AreaResult {
  /** What came of each test. */
  readonly tests: readonly TestReport[];
  /** Where the two sides part, each in its simplest case. */
  readonly differences: readonly Difference[];
  /** The cases one by one, where few were asked for. */
  readonly cases: readonly ShownCase[];
  /** The known differences that concern this library. */
  readonly known: readonly KnownReport[];
  /** Layouts to show beside the counts. */
  readonly pictures: readonly ImageLayout[];
}

/**
 * The comparison of one area, in slices: call {@linkcode step} until it is false, then {@linkcode result}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 * import { AreaRun, DEFAULT_SELECTION, imageArea, LiveSubject, parseQuery } from "@mediamem/conformance";
 *
 * using backend = createCore();
 * const subject = new LiveSubject(backend);
 * const query = parseQuery("image/linesize:format=nv12;*");
 * const run = new AreaRun(imageArea, subject, subject, { ...DEFAULT_SELECTION, query });
 * while (run.step(20));
 * assertEquals(run.result().differences, []);
 * ```
 */
export class AreaRun {
  /** How many cases this run has. */
  readonly total: number;
  /** How many cases are selected, over all shards. */
  readonly count: number;
  readonly #area: Area;
  readonly #ours: Subject;
  readonly #library: Subject;
  readonly #runs: readonly TestRun[];
  #at = 0;

  /**
   * Gets ready to compare.
   *
   * @param area The cases.
   * @param ours The side that is tested.
   * @param library The side that is right.
   * @param selection Which cases.
   * @param start How many cases the areas before this one have.
   */
  constructor(area: Area, ours: Subject, library: Subject, selection: Selection, start = 0) {
    this.#area = area;
    this.#ours = ours;
    this.#library = library;
    let before = start;
    this.#runs = wantedTests(area, selection.query).map((test: Test): TestRun => {
      const run = test.kind === "vector"
        ? new VectorRun(area, test, ours, library, selection, before)
        : new TraceRun(area, test, ours, library, selection, before);
      before += run.count;
      return run;
    });
    this.count = before - start;
    this.total = this.#runs.reduce((sum, run) => sum + run.total, 0);
  }

  /** How many cases are done. */
  get done(): number {
    return this.#runs.reduce((sum, run) => sum + run.done, 0);
  }

  /** How many differences there are so far. */
  get different(): number {
    return this.#runs.reduce((sum, run) => sum + run.tally.log.count, 0);
  }

  /** The test that runs now; the empty text once everything is done. */
  get current(): string {
    return this.#runs[this.#at]?.test.id ?? "";
  }

  /** Goes on for about that many milliseconds; false once everything is done. */
  step(milliseconds: number): boolean {
    const until = performance.now() + milliseconds;
    // Most of the time of a case that throws goes into the stack trace, and nobody reads these.
    const traced = Error as ErrorConstructor & { stackTraceLimit: number | undefined };
    const limit = traced.stackTraceLimit;
    traced.stackTraceLimit = 0;
    try {
      for (let run = this.#runs[this.#at]; run !== undefined; run = this.#runs[++this.#at]) {
        if (run.step(until)) return true;
      }
      return false;
    } finally {
      traced.stackTraceLimit = limit;
    }
  }

  /** What came of it so far. */
  result(): AreaResult {
    const tests = this.#runs.map((run) => run.tally.report(this.#area.name, run.test));
    const { major } = this.#library.reference;
    return {
      tests,
      differences: this.#runs.flatMap((run) => run.tally.log.list()),
      cases: this.#runs.flatMap((run) => run.tally.shown),
      known: this.#area.known
        .filter(({ majors }) => major !== null && majors.includes(major))
        .map(({ id, reason }) => ({
          id,
          reason,
          count: tests.reduce((sum, { known }) => sum + (known[id] ?? 0), 0),
        })),
      pictures: this.#ours.overview(this.#area),
    };
  }
}
