import type { Grid } from "../model.ts";
import { countPoints } from "../walk.ts";
import type { BlockShape } from "./prediction.ts";

/** Which answers of a test are kept together. */
export interface BlockPlan extends BlockShape {
  /** Ordinal of the first. */
  readonly start: number;
  readonly count: number;
}

/** Below that many answers a block is not worth its own header. */
const LEAST = 8;

/**
 * Cuts the cases of grids into blocks: one for each value of the first parameter, which is the pixel format as a rule. Many formats
 * have the same layout, and equal blocks are kept once.
 */
export function planBlocks(grids: readonly Grid[]): BlockPlan[] {
  const plan: BlockPlan[] = [];
  let start = 0;
  for (const grid of grids) {
    const total = countPoints([grid]);
    if (total === 0) continue;
    const [row = 1, beside = 1] = grid.map((values) => values.length).reverse();
    const rest = total / (grid[0]?.length ?? 1);
    const count = rest < LEAST ? total : rest;
    for (let from = 0; from < total; from += count) {
      plan.push({ start: start + from, count, row, plane: row * beside });
    }
    start += total;
  }
  return plan;
}
