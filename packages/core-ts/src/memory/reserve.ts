import {
  BYTES_AT,
  EXACT_CLASSES,
  FLAGS,
  REQUESTED,
  RESERVE_WORDS,
  RESERVED,
  RESERVED_AT,
  RESERVES_AT,
  SIZE,
  STAMP,
  USED,
} from "./heap_format.ts";
import { releaseBlock } from "./block.ts";
import { refuseDamage } from "./damage.ts";

/**
 * Keeps a freed block for the next request of its size instead of making it one with its neighbours; false where there is no place.
 *
 * In a large heap every neighbour is a miss of the cache, and a block that was just used is not. What is in reserve is at most 31
 * blocks of a size and in all 1/128 of the bytes in use, so that a heap does not come apart into blocks that nobody asks for.
 */
export function putInReserve(words: Int32Array, base: number, block: number, granules: number): boolean {
  const slots = base + RESERVES_AT + granules * RESERVE_WORDS;
  const count = words[slots]!;
  if (count === RESERVE_WORDS - 1) return false;
  const reserved = words[base + RESERVED_AT]! + (words[block + SIZE]! & ~FLAGS);
  if (reserved > words[base + BYTES_AT]! >>> 9) return false;
  words[base + RESERVED_AT] = reserved;
  words[slots] = count + 1;
  words[slots + count + 1] = block;
  words[block + STAMP] = block ^ RESERVED;
  return true;
}

/**
 * Gives a block out of the reserve of its size, in use again; 0 where there is none.
 *
 * Throws `CORRUPTED` where somebody wrote over the block's header.
 */
export function takeFromReserve(
  words: Int32Array,
  base: number,
  granules: number,
  requested: number,
): number {
  const slots = base + RESERVES_AT + granules * RESERVE_WORDS;
  const count = words[slots]!;
  if (count === 0) return 0;
  const block = words[slots + count]!;
  if (words[block + STAMP] !== (block ^ RESERVED)) refuseDamage("malloc", block);
  const size = words[block + SIZE]! & ~FLAGS;
  words[slots] = count - 1;
  words[base + RESERVED_AT]! -= size;
  words[block + REQUESTED] = requested;
  words[block + STAMP] = block ^ size ^ USED;
  return block;
}

/** Frees all blocks in reserve for good: at most 31 of each of 64 sizes. */
export function emptyReserves(words: Int32Array, base: number, wordShift: number): void {
  for (let slots = base + RESERVES_AT, i = 0; i < EXACT_CLASSES; i++, slots += RESERVE_WORDS) {
    const count = words[slots]!;
    words[slots] = 0;
    for (let k = 1; k <= count; k++) releaseBlock(words, base, words[slots + k]!, wordShift);
  }
  words[base + RESERVED_AT] = 0;
}
