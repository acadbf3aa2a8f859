import type { Grid, ParameterValue } from "./model.ts";

/** One parameter's values, and what each adds to the ordinal of a point. */
interface Axis {
  readonly values: readonly ParameterValue[];
  readonly steps: readonly number[];
}

interface Part {
  readonly axes: readonly Axis[];
  /** Ordinal of the grid's first point. */
  readonly start: number;
  readonly count: number;
}

/** How many points the grids have. */
export function countPoints(grids: readonly Grid[]): number {
  return grids.reduce((sum, grid) => sum + grid.reduce((product, values) => product * values.length, 1), 0);
}

/**
 * Walks the points of grids in order, the last parameter fastest, without an allocation per point.
 *
 * Each point has an ordinal, its place among all points of all grids. It stays the same when parameters are fixed.
 */
export class Walk {
  /** The values of the current point; always the same array. */
  readonly point: ParameterValue[] = [];
  /** The ordinal of the current point. */
  ordinal = -1;
  /** How many points there are to walk. */
  readonly count: number;
  readonly #parts: Part[] = [];
  readonly #at: number[] = [];
  #part = 0;
  #left = 0;
  #placed = false;

  /**
   * Makes a walk over all points. Call {@linkcode range} before {@linkcode next}.
   *
   * @param grids The cross products.
   * @param fixed The value that a parameter must have, by the parameter's index.
   */
  constructor(grids: readonly Grid[], fixed: ReadonlyMap<number, ParameterValue> = new Map()) {
    let start = 0;
    let total = 0;
    for (const grid of grids) {
      let step = countPoints([grid]);
      const size = step;
      const axes = grid.map((values, i) => {
        step /= values.length;
        const kept = [...values.keys()].filter((at) => !fixed.has(i) || Object.is(values[at], fixed.get(i)));
        return { values: kept.map((at) => values[at]!), steps: kept.map((at) => at * step) };
      });
      const count = axes.reduce((product, axis) => product * axis.values.length, 1);
      if (size > 0 && count > 0) this.#parts.push({ axes, start, count });
      start += size;
      total += count;
    }
    this.count = total;
  }

  /** Puts the walk before the point number `from` and lets it end after the point number `to - 1`. */
  range(from: number, to: number): void {
    this.#left = to - from;
    this.#placed = true;
    if (this.#left <= 0) return;
    let at = from;
    this.#part = 0;
    while (at >= this.#parts[this.#part]!.count) at -= this.#parts[this.#part++]!.count;
    this.#place(at);
  }

  /** Goes to the next point; false at the end. */
  next(): boolean {
    if (this.#left <= 0) return false;
    this.#left--;
    if (this.#placed) {
      this.#placed = false;
      return true;
    }
    const axes = this.#parts[this.#part]!.axes;
    for (let k = axes.length - 1; k >= 0; k--) {
      const { values, steps } = axes[k]!;
      const before = this.#at[k]!;
      const i = before + 1 < values.length ? before + 1 : 0;
      this.#at[k] = i;
      this.point[k] = values[i]!;
      this.ordinal += steps[i]! - steps[before]!;
      if (i > 0) return true;
    }
    this.#part++;
    this.#place(0);
    return true;
  }

  /** Makes the point number `at` of the current part the current point. */
  #place(at: number): void {
    const { axes, start } = this.#parts[this.#part]!;
    let rest = at;
    this.ordinal = start;
    this.point.length = axes.length;
    for (let k = axes.length - 1; k >= 0; k--) {
      const { values, steps } = axes[k]!;
      const i = rest % values.length;
      rest = (rest - i) / values.length;
      this.#at[k] = i;
      this.point[k] = values[i]!;
      this.ordinal += steps[i]!;
    }
  }
}

/** The ordinal of a point, -1 where no grid has it. */
export function locatePoint(grids: readonly Grid[], point: readonly ParameterValue[]): number {
  let start = 0;
  for (const grid of grids) {
    let ordinal = 0;
    for (const [i, values] of grid.entries()) {
      const at = values.findIndex((value) => Object.is(value, point[i]));
      ordinal = at < 0 ? -1 : ordinal * values.length + at;
      if (at < 0) break;
    }
    if (ordinal >= 0) return start + ordinal;
    start += countPoints([grid]);
  }
  return -1;
}
