import { formatCaseId } from "./case_id.ts";
import { Comparison } from "./comparison.ts";
import type { Verdicts } from "./difference.ts";
import { minimisePoint } from "./minimise_point.ts";
import type { Area, Grid, ParameterValue, Point, VectorTest } from "./model.ts";
import type { Query } from "./query.ts";
import { isShown, type Selection } from "./selection.ts";
import { shardRange } from "./shard.ts";
import type { Subject } from "./subject.ts";
import { Tally } from "./tally.ts";
import type { TestRun } from "./test_run.ts";
import { Walk } from "./walk.ts";

/** How many cases pass between two looks at the clock. */
const BATCH = 32;

/** The run of one {@linkcode VectorTest}. */
export class VectorRun implements TestRun {
  readonly test: VectorTest;
  readonly tally: Tally = new Tally();
  readonly count: number;
  readonly total: number;
  done = 0;
  readonly #grids: readonly Grid[];
  readonly #walk: Walk;
  /** Whether the one case of the run is in no grid. */
  readonly #loose: boolean;
  readonly #show: boolean;
  readonly #comparison: Comparison;
  readonly #ours: Subject;
  readonly #library: Subject;

  /** Gets ready to run. `start` is how many cases the tests before have. */
  constructor(
    area: Area,
    test: VectorTest,
    ours: Subject,
    library: Subject,
    selection: Selection,
    start: number,
  ) {
    this.test = test;
    this.#ours = ours;
    this.#library = library;
    this.#grids = test.grids(selection.scope, selection.seed);
    this.#comparison = new Comparison(area, test, ours, library, this.#grids);
    const fixed = fixedParameters(test, selection.query);
    const walk = new Walk(this.#grids, fixed);
    this.#loose = walk.count === 0 && fixed.size > 0 && fixed.size === test.parameters.length;
    this.#walk = this.#loose ? new Walk([test.parameters.map((_, i) => [fixed.get(i)!])]) : walk;
    this.count = this.#walk.count;
    const { from, to } = shardRange(this.count, start, selection.shard);
    this.total = to - from;
    this.#show = isShown(selection, this.count);
    this.#walk.range(from, to);
  }

  step(until: number): boolean {
    const { test, tally } = this;
    const walk = this.#walk;
    const comparison = this.#comparison;
    const begin = performance.now();
    let now = begin;
    let more = true;
    while (more && now < until) {
      for (let i = 0; i < BATCH; i++) {
        more = walk.next();
        if (!more) break;
        this.done++;
        const verdict = comparison.vector(test, this.#loose ? -1 : walk.ordinal, walk.point);
        if (this.#show) {
          tally.shown.push({ ...this.#verdicts(walk.point), verdict, detail: comparison.detail });
        }
        if (tally.add(verdict, comparison)) this.#minimise([...walk.point]);
      }
      now = performance.now();
    }
    tally.milliseconds += now - begin;
    return more;
  }

  #minimise(point: Point): void {
    const { test } = this;
    const comparison = this.#comparison;
    const found = this.#verdicts(point);
    const crashes = [comparison.actual.error === "CRASH", comparison.expected.error === "CRASH"];
    const simplest = minimisePoint(
      point,
      this.#grids,
      test.simplest,
      (candidate) =>
        comparison.vector(test, -1, candidate) === "different" &&
        (comparison.actual.error === "CRASH") === crashes[0] &&
        (comparison.expected.error === "CRASH") === crashes[1],
    );
    comparison.vector(test, -1, simplest);
    this.tally.log.add({
      ...this.#verdicts(simplest),
      test: test.id,
      op: test.op,
      found: [found],
      pictures: {
        actual: this.#ours.picture(test, simplest),
        expected: this.#library.picture(test, simplest),
      },
    });
  }

  /** What the comparison just found about that point. */
  #verdicts(point: Point): Verdicts {
    const { actual, expected, quoted, isQuoted } = this.#comparison;
    return {
      id: formatCaseId(this.test.id, this.test.parameters, point),
      actual: actual.toString(),
      expected: expected.toString(),
      quoted: isQuoted ? quoted.toString() : null,
    };
  }
}

function fixedParameters(test: VectorTest, query: Query | null): Map<number, ParameterValue> {
  const fixed = new Map<number, ParameterValue>();
  for (const [name, value] of query?.parameters ?? []) fixed.set(test.parameters.indexOf(name), value);
  return fixed;
}
