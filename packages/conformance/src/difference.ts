import type { ImageLayout } from "@mediamem/interface";
import type { Verdict } from "./comparison.ts";

/** What both sides said to one case. */
export interface Verdicts {
  /** The case's id. */
  readonly id: string;
  /** Our answer, as a person reads it. */
  readonly actual: string;
  /** The library's answer, as a person reads it. */
  readonly expected: string;
  /** The answer that the case quotes; null where it quotes none. */
  readonly quoted: string | null;
}

/** A case of a run of few cases, whatever came of it. */
export interface ShownCase extends Verdicts {
  /** How the two sides relate. */
  readonly verdict: Verdict;
  /** Id of the known difference, or the reason why there is no comparison; empty where there is neither. */
  readonly detail: string;
}

/** A difference as a report shows it: the simplest case that has it, and the cases that led there. */
export interface Difference extends Verdicts {
  /** `area/test`. */
  readonly test: string;
  /** The C function. */
  readonly op: string;
  /** The cases as they were found, at most ten. */
  readonly found: readonly Verdicts[];
  /** Our layout and the library's, where the case has one to draw. */
  readonly pictures: { readonly actual: ImageLayout | null; readonly expected: ImageLayout | null };
}

/** How many of a test's differences are looked into one by one. */
const FIRST = 10;

/** Keeps what is worth reading of any number of differences, and counts all. */
export class DifferenceLog {
  /** How many differences there were. */
  count = 0;
  readonly #byId: Map<string, Difference> = new Map();

  /**
   * Counts a difference, and tells whether it should be minimised and added.
   *
   * The first ten are wanted, and from there each whose number is a power of two: few, but from all over the grid.
   */
  wanted(): boolean {
    const number = ++this.count;
    return number <= FIRST || Number.isInteger(Math.log2(number));
  }

  /** Adds a minimised difference; those with the same simplest case become one. */
  add(difference: Difference): void {
    const same = this.#byId.get(difference.id);
    const found = [...(same?.found ?? []), ...difference.found].slice(0, FIRST);
    this.#byId.set(difference.id, { ...difference, found });
  }

  /** The differences to read, in the order in which they were found. */
  list(): readonly Difference[] {
    return [...this.#byId.values()];
  }
}
