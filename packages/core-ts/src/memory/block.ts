import {
  AFTER_FREE,
  BEFORE,
  FLAGS,
  FREE_AT,
  FREED,
  IS_FREE,
  REQUESTED,
  SIZE,
  STAMP,
  USED,
} from "./heap_format.ts";
import { insertFree, removeFree } from "./free_list.ts";

/**
 * Makes `wanted` words of a free block a block in use; what is left before (`gap` words) and behind stays free.
 *
 * @param block A free block of at least `gap + wanted` words, all multiples of the granule.
 * @param wordShift Binary logarithm of the granule in words.
 * @return The block in use.
 */
export function useBlock(
  words: Int32Array,
  base: number,
  block: number,
  gap: number,
  wanted: number,
  requested: number,
  wordShift: number,
): number {
  const size = words[block + SIZE]! & ~FLAGS;
  const after = block + size;
  // The flags are below the granule: the shift drops them.
  removeFree(words, base, block, size >>> wordShift);
  let used = block;
  let flags = 0;
  if (gap !== 0) {
    used = block + gap;
    flags = AFTER_FREE;
    words[block + SIZE] = gap | IS_FREE;
    words[used + BEFORE] = block;
    insertFree(words, base, block, gap >>> wordShift);
  }
  const rest = size - gap - wanted;
  if (rest !== 0) {
    const free = used + wanted;
    words[free + SIZE] = rest | IS_FREE;
    words[free + BEFORE] = used;
    words[after + BEFORE] = free;
    insertFree(words, base, free, rest >>> wordShift);
  } else {
    words[after + SIZE]! &= ~AFTER_FREE;
    words[after + BEFORE] = used;
  }
  words[used + SIZE] = wanted | flags;
  words[used + REQUESTED] = requested;
  words[used + STAMP] = used ^ wanted ^ USED;
  words[base + FREE_AT]! -= wanted;
  return used;
}

/** Frees a block and makes it one with the free blocks on both sides. */
export function releaseBlock(words: Int32Array, base: number, block: number, wordShift: number): void {
  const header = words[block + SIZE]!;
  let size = header & ~FLAGS;
  let start = block;
  words[base + FREE_AT]! += size;
  const next = block + size;
  const nextHeader = words[next + SIZE]!;
  if ((nextHeader & IS_FREE) !== 0) {
    removeFree(words, base, next, nextHeader >>> wordShift);
    words[next + STAMP] = next ^ FREED;
    size += nextHeader & ~FLAGS;
  }
  // Stays readable where the block becomes part of the one before: by it a second free is told from a wrong address.
  words[block + STAMP] = block ^ FREED;
  if ((header & AFTER_FREE) !== 0) {
    start = words[block + BEFORE]!;
    const startSize = words[start + SIZE]! & ~FLAGS;
    words[block + SIZE] = IS_FREE;
    removeFree(words, base, start, startSize >>> wordShift);
    size += startSize;
  }
  const after = start + size;
  words[start + SIZE] = size | IS_FREE;
  words[after + SIZE]! |= AFTER_FREE;
  words[after + BEFORE] = start;
  insertFree(words, base, start, size >>> wordShift);
}
