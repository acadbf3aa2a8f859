import { formatCaseId } from "./case_id.ts";
import { Comparison } from "./comparison.ts";
import type { Verdicts } from "./difference.ts";
import { minimiseTrace } from "./minimise_trace.ts";
import type { Area, Operation, ParameterValue, TraceTest } from "./model.ts";
import { isShown, type Selection } from "./selection.ts";
import { shardRange } from "./shard.ts";
import type { Subject } from "./subject.ts";
import { Tally } from "./tally.ts";
import type { TestRun } from "./test_run.ts";
import { formatTrace } from "./trace_text.ts";
import { type TraceCase, traceCases } from "./trace_cases.ts";

/** The run of one {@linkcode TraceTest}. */
export class TraceRun implements TestRun {
  readonly test: TraceTest;
  readonly tally: Tally = new Tally();
  readonly count: number;
  readonly total: number;
  done = 0;
  readonly #cases: readonly TraceCase[];
  readonly #show: boolean;
  readonly #comparison: Comparison;

  /** Gets ready to run. `start` is how many cases the tests before have. */
  constructor(
    area: Area,
    test: TraceTest,
    ours: Subject,
    library: Subject,
    selection: Selection,
    start: number,
  ) {
    this.test = test;
    this.#comparison = new Comparison(area, test, ours, library, []);
    const cases = traceCases(test, selection);
    this.count = cases.length;
    const { from, to } = shardRange(this.count, start, selection.shard);
    this.#cases = cases.slice(from, to);
    this.total = to - from;
    this.#show = isShown(selection, this.count);
  }

  step(until: number): boolean {
    const begin = performance.now();
    let now = begin;
    while (this.done < this.total && now < until) {
      const { ordinal, names, values, operations: make } = this.#cases[this.done]!;
      const operations = make();
      const verdict = this.#comparison.trace(this.test, ordinal, values, operations);
      if (this.#show) {
        this.tally.shown.push({ ...this.#verdicts(names, values), verdict, detail: this.#comparison.detail });
      }
      if (this.tally.add(verdict, this.#comparison)) this.#minimise(names, values, operations);
      this.done++;
      now = performance.now();
    }
    this.tally.milliseconds += now - begin;
    return this.done < this.total;
  }

  #minimise(
    names: readonly string[],
    values: readonly ParameterValue[],
    operations: readonly Operation[],
  ): void {
    const found = this.#verdicts(names, values);
    const fails = (candidate: readonly Operation[]): boolean =>
      this.#comparison.trace(this.test, -1, values, candidate) === "different";
    const [seed, run] = values;
    const simplest = !fails(operations)
      ? operations
      : typeof run === "number"
      ? this.test.random.shrink(seed as number, run, fails)
      : minimiseTrace(operations, fails);
    this.tally.log.add({
      ...(fails(simplest) ? this.#verdicts(["trace"], [formatTrace(simplest)]) : found),
      test: this.test.id,
      op: this.test.op,
      found: [found],
      pictures: { actual: null, expected: null },
    });
  }

  /** What the comparison just found about that case. */
  #verdicts(names: readonly string[], values: readonly ParameterValue[]): Verdicts {
    const { actual, expected } = this.#comparison;
    return {
      id: formatCaseId(this.test.id, names, values),
      actual: actual.toString(),
      expected: expected.toString(),
      quoted: null,
    };
  }
}
