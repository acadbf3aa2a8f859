import { COLUMNS_AT, FLAGS, HEADS_AT, NEXT, PREVIOUS, ROWS_AT, SIZE } from "./heap_format.ts";
import { classAbove, classOf, occupiedClass } from "./size_class.ts";

/** How many blocks of a size class that holds more than one size are looked at before memory is called full. */
const LAST_LOOKS = 32;

/** Puts a free block first in the list of its size class, so that what was freed last is used first, while it is in the cache. */
export function insertFree(words: Int32Array, base: number, block: number, granules: number): void {
  const index = classOf(granules);
  const head = base + HEADS_AT + index;
  const first = words[head]!;
  words[block + NEXT] = first;
  words[block + PREVIOUS] = 0;
  words[head] = block;
  if (first !== 0) {
    words[first + PREVIOUS] = block;
    return;
  }
  const row = index >>> 5;
  words[base + COLUMNS_AT + row]! |= 1 << (index & 31);
  words[base + ROWS_AT]! |= 1 << row;
}

/** Takes a free block out of the list of its size class. */
export function removeFree(words: Int32Array, base: number, block: number, granules: number): void {
  const next = words[block + NEXT]!;
  const previous = words[block + PREVIOUS]!;
  if (next !== 0) words[next + PREVIOUS] = previous;
  if (previous !== 0) {
    words[previous + NEXT] = next;
    return;
  }
  const index = classOf(granules);
  words[base + HEADS_AT + index] = next;
  if (next !== 0) return;
  const row = index >>> 5;
  const columns = words[base + COLUMNS_AT + row]! & ~(1 << (index & 31));
  words[base + COLUMNS_AT + row] = columns;
  if (columns === 0) words[base + ROWS_AT]! &= ~(1 << row);
}

/**
 * Finds a free block of at least `granules`, 0 for none; leaves it in its list. Constant time.
 *
 * The block that was freed last in the request's own class comes first: a frame's memory that is given back and asked for again is
 * the same memory. Then the first of the next class in which every block fits.
 */
export function findFree(words: Int32Array, base: number, granules: number, wordShift: number): number {
  const least = classAbove(granules);
  if (granules >= 64) {
    const first = words[base + HEADS_AT + classOf(granules)]!;
    if (first !== 0 && words[first + SIZE]! >>> wordShift >= granules) return first;
  }
  const found = occupiedClass(words, base, least);
  if (found !== 0) return words[base + HEADS_AT + found]!;
  return granules >= 64 ? lookFurther(words, base, granules, wordShift) : 0;
}

/** Nothing larger is left: looks at some more blocks of the request's own class. */
function lookFurther(words: Int32Array, base: number, granules: number, wordShift: number): number {
  let block = words[base + HEADS_AT + classOf(granules)]!;
  for (let looks = 0; block !== 0 && looks < LAST_LOOKS; looks++) {
    if ((words[block + SIZE]! & ~FLAGS) >>> wordShift >= granules) return block;
    block = words[block + NEXT]!;
  }
  return 0;
}
