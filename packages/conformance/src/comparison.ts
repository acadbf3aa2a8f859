import { Answer } from "./answer.ts";
import type { Area, Grid, KnownDifference, Operation, Point, Test, TraceTest, VectorTest } from "./model.ts";
import type { Subject } from "./subject.ts";
import { locatePoint } from "./walk.ts";

/** How the two sides of a case relate. */
export type Verdict = "equal" | "known" | "different" | "notComparable";

/**
 * Judges the cases of one test, one at a time. The answers stay readable until the next case.
 */
export class Comparison {
  /** What our side answered. */
  readonly actual: Answer = new Answer();
  /** What the library answered. */
  readonly expected: Answer = new Answer();
  /** The answer that the case itself quotes; only where {@linkcode isQuoted}. */
  readonly quoted: Answer = new Answer();
  /** Whether the current case quotes its answer. */
  isQuoted = false;
  /** Id of the known difference, or the reason why there is no comparison; empty where there is neither. */
  detail = "";
  readonly #test: Test;
  readonly #ours: Subject;
  readonly #library: Subject;
  readonly #known: readonly KnownDifference[];
  readonly #claim: Answer = new Answer();

  readonly #grids: readonly Grid[];

  /** Gets ready to judge cases of that test. Its grids tell a recording where a point is. */
  constructor(area: Area, test: Test, ours: Subject, library: Subject, grids: readonly Grid[]) {
    this.#test = test;
    this.#ours = ours;
    this.#library = library;
    this.#grids = grids;
    const major = library.reference.major;
    this.#known = area.known.filter((known) =>
      major !== null && known.majors.includes(major) && known.tests.includes(test.id)
    );
  }

  /** Compares one case of a {@linkcode VectorTest}. An ordinal of -1 stands for a point that need not be in a grid. */
  vector(test: VectorTest, ordinal: number, point: Point): Verdict {
    const reason = this.#library.absence ?? test.skip?.(this.#library.reference, point) ?? null;
    if (reason !== null) return this.#leaveOut(ordinal, reason);
    let at = ordinal;
    if (at < 0 && this.#library.recorded) {
      at = locatePoint(this.#grids, point);
      if (at < 0) return this.#notComparable(NOT_RECORDED);
    }
    this.#ours.answer(test, at, point, this.actual);
    this.#library.answer(test, at, point, this.expected);
    this.#forget();
    if (test.pinned !== undefined) {
      this.quoted.clear();
      this.isQuoted = test.pinned(point, this.quoted);
    }
    return this.#judge(point);
  }

  /** Compares one trace. An ordinal of -1 stands for a trace that is not part of a run. */
  trace(test: TraceTest, ordinal: number, point: Point, operations: readonly Operation[]): Verdict {
    const reason = this.#library.absence ?? test.skip?.(this.#library.reference, operations) ?? null;
    if (reason !== null) return this.#leaveOut(ordinal, reason);
    if (ordinal < 0 && this.#library.recorded) return this.#notComparable(NOT_RECORDED);
    this.#ours.play(test, ordinal, operations, this.actual);
    this.#library.play(test, ordinal, operations, this.expected);
    this.#forget();
    return this.#judge(point);
  }

  #judge(point: Point): Verdict {
    if (this.isQuoted && !this.actual.equals(this.quoted)) return "different";
    if (this.actual.equals(this.expected)) return "equal";
    for (const known of this.#known) {
      this.#claim.clear();
      if (
        known.expected(this.#test.id, point, this.#library.reference.major!, this.actual, this.#claim) &&
        this.#claim.equals(this.expected)
      ) {
        this.detail = known.id;
        return "known";
      }
    }
    return "different";
  }

  #forget(): void {
    this.isQuoted = false;
    this.detail = "";
  }

  #leaveOut(ordinal: number, reason: string): Verdict {
    this.#library.leaveOut(this.#test, ordinal);
    return this.#notComparable(reason);
  }

  #notComparable(reason: string): Verdict {
    this.#forget();
    this.actual.clear();
    this.expected.clear();
    this.detail = reason;
    return "notComparable";
  }
}

const NOT_RECORDED = "not among the recorded cases";
