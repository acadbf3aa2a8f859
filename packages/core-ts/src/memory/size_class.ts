import { COLUMNS_AT, ROWS_AT } from "./heap_format.ts";

/**
 * Gives the size class of a block of `granules`.
 *
 * Blocks below 64 granules have a class for each size; above, each power of two is cut into 32 classes. Class 0 stays empty.
 */
export function classOf(granules: number): number {
  if (granules < 32) return granules;
  const shift = 26 - Math.clz32(granules);
  return (shift << 5) + (granules >>> shift);
}

/** Gives the lowest size class whose every block has at least `granules`. */
export function classAbove(granules: number): number {
  if (granules < 64) return granules;
  return classOf(granules + (1 << (26 - Math.clz32(granules))) - 1);
}

/** Gives the lowest size class from `least` on that has a free block, 0 for none. Constant time: two bitmaps. */
export function occupiedClass(words: Int32Array, base: number, least: number): number {
  let row = least >>> 5;
  let columns = words[base + COLUMNS_AT + row]! & (-1 << (least & 31));
  if (columns === 0) {
    const rows = words[base + ROWS_AT]! & (-2 << row);
    if (rows === 0) return 0;
    row = lowestBit(rows);
    columns = words[base + COLUMNS_AT + row]!;
  }
  return (row << 5) + lowestBit(columns);
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
