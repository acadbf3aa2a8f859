/**
 * Figures of a run of any length in bounded memory: where there are too many, two neighbours become one, which has the highest of each figure.
 */
export class ThinnedSeries {
  readonly #steps: number[] = [];
  readonly #values: number[][];
  readonly #most: number;
  #stride = 1;

  /**
   * Begins a series.
   *
   * @param figures How many figures each step has.
   * @param most As many steps are kept at most; an even number.
   */
  constructor(figures: number, most = 800) {
    this.#values = Array.from({ length: figures }, () => []);
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
      for (const values of this.#values) values[i] = Math.max(values[2 * i]!, values[2 * i + 1]!);
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
