import { usage } from "./conformance_error.ts";

/** One of `count` equal parts of a run; `index` counts from 1. */
export interface Shard {
  /** Which of them, 1 to `count`. */
  readonly index: number;
  /** How many there are. */
  readonly count: number;
}

/**
 * Reads `i/n`. Throws `USAGE` for anything else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseShard } from "@mediamem/conformance";
 *
 * assertEquals(parseShard("2/8"), { index: 2, count: 8 });
 * ```
 */
export function parseShard(text: string): Shard {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (index >= 1 && index <= count) return { index, count };
  usage(
    `Cannot read the shard: found ${JSON.stringify(text)}, wanted ${
      count >= 1 ? `1/${count} to ${count}/${count}` : "1/2"
    }`,
  );
}

/**
 * The part of `count` cases that belongs to a shard, `from` included and `to` not.
 *
 * `start` is how many cases the tests before this one have: the cases that are left over when `count` is divided go round the shards from
 * there, so that all shards of a run differ by one case at most.
 */
export function shardRange(
  count: number,
  start: number,
  shard: Shard | null,
): { readonly from: number; readonly to: number } {
  if (shard === null) return { from: 0, to: count };
  const each = Math.floor(count / shard.count);
  const extras = count % shard.count;
  const first = start % shard.count;
  let from = 0;
  for (let i = 0; i < shard.index - 1; i++) from += each + extra(i);
  return { from, to: from + each + extra(shard.index - 1) };

  function extra(i: number): number {
    return (i - first + shard!.count) % shard!.count < extras ? 1 : 0;
  }
}
