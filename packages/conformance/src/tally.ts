import type { Comparison, Verdict } from "./comparison.ts";
import { DifferenceLog, type ShownCase } from "./difference.ts";
import type { Test } from "./model.ts";
import { sum, type TestReport } from "./reports/test_report.ts";

/** Counts the verdicts of one test. */
export class Tally {
  readonly log: DifferenceLog = new DifferenceLog();
  milliseconds = 0;
  /** The cases one by one, of a run that has few. */
  readonly shown: ShownCase[] = [];
  #equal = 0;
  readonly #errors: Map<string, number> = new Map();
  readonly #known: Map<string, number> = new Map();
  readonly #notComparable: Map<string, number> = new Map();

  /** Counts a verdict; true where it is a difference to be minimised and added to the log. */
  add(verdict: Verdict, comparison: Comparison): boolean {
    if (verdict === "equal") {
      this.#equal++;
      const { error } = comparison.actual;
      if (error !== null) increment(this.#errors, error);
      return false;
    }
    if (verdict === "different") return this.log.wanted();
    increment(verdict === "known" ? this.#known : this.#notComparable, comparison.detail);
    return false;
  }

  /** The counts so far. */
  report(area: string, test: Test): TestReport {
    const known = Object.fromEntries(this.#known);
    const different = this.log.count;
    return {
      area,
      test: test.id,
      op: test.op,
      comparisons: this.#equal + different + sum(known),
      equal: this.#equal,
      errors: Object.fromEntries(this.#errors),
      known,
      different,
      notComparable: Object.fromEntries(this.#notComparable),
      milliseconds: this.milliseconds,
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
