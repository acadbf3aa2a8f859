import type { BlockTally } from "./check.ts";
import { EXACT_CLASSES, RESERVE_WORDS, RESERVES_AT, SIZE } from "./heap_format.ts";
import type { HeapMemory } from "./heap_memory.ts";

/** Holds the reserves against the blocks that say they are in one. */
export function checkReserves(
  memory: HeapMemory,
  words: Int32Array,
  tally: BlockTally,
  violations: string[],
): void {
  const { base, wordShift } = memory;
  const listed = new Set<number>();
  for (let granules = 0; granules < EXACT_CLASSES; granules++) {
    const slots = base + RESERVES_AT + granules * RESERVE_WORDS;
    const count = words[slots]!;
    const at = `The reserve for ${granules * memory.granule} bytes`;
    if (count < 0 || count >= RESERVE_WORDS) {
      violations.push(`${at} counts ${count} blocks, wanted at most ${RESERVE_WORDS - 1}`);
      continue;
    }
    for (let i = 1; i <= count; i++) {
      const block = words[slots + i]!;
      if (!tally.reserved.has(block) || words[block + SIZE]! >>> wordShift !== granules) {
        violations.push(`${at} has ${block * 4}, where no such block is`);
      } else if (listed.has(block)) {
        violations.push(`${at} has the block at ${block * 4} twice`);
      }
      listed.add(block);
    }
  }
  for (const block of tally.reserved) {
    if (!listed.has(block)) violations.push(`The block at ${block * 4} says it is in reserve, and is not`);
  }
}
