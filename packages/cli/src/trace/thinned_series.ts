/** What two steps become that are made one: the higher figure, so that no peak is lost, or the later. */
export type Thinning = "highest" | "later";

/** Figures of a run of any length in bounded memory: where there are too many steps, two neighbours become one. */
export class ThinnedSeries {
  readonly #steps: number[] = [];
  readonly #values: number[][];
  readonly #thinning: readonly Thinning[];
  readonly #most: number;
  #stride = 1;

  /**
   * Begins a series.
   *
   * @param thinning For each of the figures that a step has, how it is made less.
   * @param most As many steps are kept at most; an even number.
   */
  constructor(thinning: readonly Thinning[], most = 800) {
    this.#values = thinning.map(() => []);
    this.#thinning = thinning;
    this.#most = most;
  }

  /** Whether the figures of a step are wanted. */
  wants(step: number): boolean {
    return step % this.#stride === 0;
  }

  /** Adds the figures of a step, a higher one each time. */
  add(step: number, ...figures: readonly number[]): void {
    this.#steps.push(step);
    for (const [i, values] of this.#values.entries()) values.push(figures[i]!);
    if (this.#steps.length >= this.#most) this.#thin();
  }

  #thin(): void {
    const half = this.#steps.length >> 1;
    for (let i = 0; i < half; i++) {
      this.#steps[i] = this.#steps[2 * i + 1]!;
      for (const [figure, values] of this.#values.entries()) {
        const later = values[2 * i + 1]!;
        values[i] = this.#thinning[figure] === "later" ? later : Math.max(values[2 * i]!, later);
      }
    }
    for (const list of [this.#steps, ...this.#values]) list.length = half;
    this.#stride *= 2;
  }

  /** The steps that were kept. */
  get steps(): readonly number[] {
    return this.#steps;
  }

  /** One of the figures at each of the steps. */
  values(figure: number): readonly number[] {
    return this.#values[figure]!;
  }
}
