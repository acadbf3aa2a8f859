import type { BlockTally } from "./check.ts";
import { COLUMNS, COLUMNS_AT, HEADS_AT, NEXT, PREVIOUS, ROWS, ROWS_AT, SIZE } from "./heap_format.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { classOf } from "./size_class.ts";

/** Holds the free lists, read both ways, and their bitmaps against the free blocks that there are. */
export function checkFreeLists(
  memory: HeapMemory,
  words: Int32Array,
  tally: BlockTally,
  violations: string[],
): void {
  const { base, wordShift } = memory;
  const listed = new Set<number>();
  for (let index = 0; index < ROWS * COLUMNS; index++) {
    let previous = 0;
    for (let block = words[base + HEADS_AT + index]!; block !== 0; block = words[block + NEXT]!) {
      const at = `The list of size class ${index}`;
      if (!tally.free.has(block)) {
        violations.push(`${at} has ${block * 4}, where no free block is`);
        break;
      }
      if (listed.has(block)) {
        violations.push(`${at} has the block at ${block * 4}, which was listed before`);
        break;
      }
      listed.add(block);
      const found = classOf(words[block + SIZE]! >>> wordShift);
      if (found !== index) violations.push(`${at} has the block at ${block * 4}, which is of class ${found}`);
      if (words[block + PREVIOUS] !== previous) {
        violations.push(
          `${at} leads from ${words[block + PREVIOUS]! * 4} to ${block * 4}, wanted ${previous * 4}`,
        );
      }
      previous = block;
    }
    const occupied = (words[base + COLUMNS_AT + (index >>> 5)]! >>> (index & 31) & 1) === 1;
    if (occupied !== (words[base + HEADS_AT + index] !== 0)) {
      violations.push(
        `The bit of size class ${index} says ${occupied ? "occupied" : "empty"}, wanted the opposite`,
      );
    }
  }
  for (let row = 0; row < ROWS; row++) {
    const occupied = (words[base + ROWS_AT]! >>> row & 1) === 1;
    if (occupied !== (words[base + COLUMNS_AT + row] !== 0)) {
      violations.push(`The bit of row ${row} says ${occupied ? "occupied" : "empty"}, wanted the opposite`);
    }
  }
  for (const block of tally.free) {
    if (!listed.has(block)) violations.push(`The free block at ${block * 4} is in no list`);
  }
}
