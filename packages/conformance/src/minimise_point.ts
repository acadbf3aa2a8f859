import type { Grid, ParameterValue, Point } from "./model.ts";

/** Which values of one parameter are simpler than others, and which of them may be tried. */
interface Ordering {
  readonly values: readonly ParameterValue[];
  readonly numeric: boolean;
  /** Whether numbers between those of the grid may be tried. */
  readonly between: boolean;
  readonly least: number;
  readonly greatest: number;
  readonly simplest: ParameterValue | undefined;
}

const SMALL = 16;

/**
 * Makes a case simpler, one parameter after the other, for as long as it fails.
 *
 * @param point The case that fails.
 * @param grids The grids of its test: their values are tried, and numbers between them.
 * @param simplest The values to shrink towards, where the test names them.
 * @param fails Tells whether a candidate fails too. The array is reused.
 * @returns The simplest case found; no single parameter of it can be made simpler.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { minimisePoint } from "@mediamem/conformance";
 *
 * const grid = [["gray", "nv12"], [1, 99, 100, 640]];
 * const fails = ([format, width]: readonly unknown[]) => format === "nv12" && (width as number) >= 17;
 * assertEquals(minimisePoint(["nv12", 640], [grid], undefined, fails), ["nv12", 17]);
 * ```
 */
export function minimisePoint(
  point: Point,
  grids: readonly Grid[],
  simplest: Point | undefined,
  fails: (candidate: Point) => boolean,
): Point {
  const orderings = point.map((_, i) => ordering(grids, i, simplest?.[i]));
  const best = [...point];
  for (let improved = true; improved;) {
    improved = false;
    for (const [i, order] of orderings.entries()) {
      const before = best[i]!;
      const found = candidates(order, before).find((candidate) => {
        best[i] = candidate;
        return fails(best);
      });
      best[i] = found === undefined ? before : found;
      improved ||= found !== undefined;
    }
  }
  return best;
}

function ordering(grids: readonly Grid[], i: number, simplest: ParameterValue | undefined): Ordering {
  const values = [...new Set(grids.flatMap((grid) => grid[i] ?? []))];
  const numbers = values.filter((value) => typeof value === "number");
  const numeric = numbers.length === values.length && numbers.length > 0;
  return {
    values,
    numeric,
    between: numeric && !numbers.every((value) => Number.isInteger(Math.log2(value))),
    least: Math.min(...numbers),
    greatest: Math.max(...numbers),
    simplest,
  };
}

/** Everything simpler than a value that may be tried, simplest first. */
function candidates(order: Ordering, value: ParameterValue): ParameterValue[] {
  const tried = new Set(order.values);
  if (order.between && typeof value === "number" && Number.isSafeInteger(value)) {
    const towards = typeof order.simplest === "number" ? order.simplest : 0;
    for (let i = 0; i <= SMALL; i++) tried.add(towards + i).add(towards - i);
    for (let step = 1; step <= Math.abs(value - towards); step *= 2) {
      tried.add(value - Math.sign(value - towards) * step);
      tried.add(towards + Math.trunc((value - towards) / step));
    }
  }
  const cost = rank(order, value);
  return [...tried]
    .filter((candidate) => rank(order, candidate) < cost && inside(order, candidate))
    .sort((a, b) => rank(order, a) - rank(order, b));
}

function inside(order: Ordering, candidate: ParameterValue): boolean {
  return !order.numeric || order.values.includes(candidate) ||
    (candidate as number >= order.least && candidate as number <= order.greatest);
}

/** Lower is simpler. */
function rank(order: Ordering, value: ParameterValue): number {
  if (value === order.simplest) return -1;
  if (!order.numeric || typeof value !== "number") {
    const at = order.values.indexOf(value);
    return at < 0 ? Infinity : at;
  }
  if (!Number.isSafeInteger(value)) return Number.MAX_VALUE;
  if (typeof order.simplest === "number") return Math.abs(value - order.simplest);
  if (value === 0 || value === 1) return 1 - value;
  return Math.abs(value) + (value < 0 ? 0.5 : 0);
}
