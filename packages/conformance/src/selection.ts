import type { Scope } from "./model.ts";
import type { Query } from "./query.ts";
import type { Shard } from "./shard.ts";

/** How many cases a run may ask for by their id to be shown one by one. */
const SHOWN = 10;

/** The seed of a run that names none; recordings are made with it. */
export const DEFAULT_SEED = 1;

/** Which cases a run compares. */
export interface Selection {
  /** How much of the grids. */
  readonly scope: Scope;
  /** The seed of the grids and of the random traces. */
  readonly seed: number;
  /** One of several equal parts; null: all of it. */
  readonly shard: Shard | null;
  /** Only these cases; null: all of them. */
  readonly query: Query | null;
}

/**
 * Everything of the default scope.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DEFAULT_SEED, DEFAULT_SELECTION } from "@mediamem/conformance";
 *
 * assertEquals({ ...DEFAULT_SELECTION, scope: "full" }.seed, DEFAULT_SEED);
 * ```
 */
export const DEFAULT_SELECTION: Selection = {
  scope: "default",
  seed: DEFAULT_SEED,
  shard: null,
  query: null,
};

/** Whether so many cases of a test are asked for one by one, so that their answers are of interest and not only their number. */
export function isShown({ query }: Selection, count: number): boolean {
  return query !== null && count <= SHOWN;
}
