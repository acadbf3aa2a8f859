/** What came of the cases of one test. */
export interface TestReport {
  /** Name of the area. */
  readonly area: string;
  /** `area/test`. */
  readonly test: string;
  /** The C function. */
  readonly op: string;
  /** Cases in which both sides answered: equal, known and different together. */
  readonly comparisons: number;
  /** Equal answers. */
  readonly equal: number;
  /** The equal answers that were errors, by code. */
  readonly errors: Readonly<Record<string, number>>;
  /** Differences that are kept on purpose, by the id of the known difference. */
  readonly known: Readonly<Record<string, number>>;
  /** Differences. */
  readonly different: number;
  /** Cases that could not be compared, by reason. */
  readonly notComparable: Readonly<Record<string, number>>;
  /** The time that the cases took. */
  readonly milliseconds: number;
}

/** Adds up the counts of a record. */
export function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
