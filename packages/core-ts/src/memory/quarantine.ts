import {
  BLOCK_WORDS,
  FLAGS,
  NEWEST_AT,
  OLDEST_AT,
  QUARANTINE_AT,
  QUARANTINED,
  QUARANTINED_AT,
  SIZE,
  STAMP,
} from "./heap_format.ts";
import { releaseBlock } from "./block.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { poison, poisonDamage, refuseOverwritten } from "./red_zone.ts";

/** Of a quarantined block: the one that was freed after it, 0 for none. The first word of the red zone in front of its memory. */
export const YOUNGER: number = BLOCK_WORDS;

/**
 * Lets the oldest blocks out of quarantine until a block of `size` words has a place in it.
 *
 * Throws `CORRUPTED` for one that was written while it was kept back; that one is out then, so that the same call can be made again.
 */
export function makeQuarantineRoom(memory: HeapMemory, op: string, size: number): void {
  const { words, base } = memory;
  const most = words[base + QUARANTINE_AT]!;
  if (size > most) return;
  while (words[base + QUARANTINED_AT]! + size > most) releaseOldest(memory, op);
}

/** Keeps a freed block back; false where it is larger than the whole quarantine. There is room for it otherwise. */
export function putInQuarantine(memory: HeapMemory, block: number): boolean {
  const { words, base } = memory;
  const size = words[block + SIZE]! & ~FLAGS;
  if (size > words[base + QUARANTINE_AT]!) return false;
  poison(memory, block);
  words[block + STAMP] = block ^ QUARANTINED;
  words[block + YOUNGER] = 0;
  const newest = words[base + NEWEST_AT]!;
  if (newest === 0) words[base + OLDEST_AT] = block;
  else words[newest + YOUNGER] = block;
  words[base + NEWEST_AT] = block;
  words[base + QUARANTINED_AT]! += size;
  return true;
}

/** Frees the block that has been quarantined for longest; false where there is none. Throws `CORRUPTED` as said above. */
export function releaseOldest(memory: HeapMemory, op: string): boolean {
  const { words, base, wordShift } = memory;
  const block = words[base + OLDEST_AT]!;
  if (block === 0) return false;
  const damage = poisonDamage(memory, block);
  const younger = words[block + YOUNGER]!;
  words[base + OLDEST_AT] = younger;
  if (younger === 0) words[base + NEWEST_AT] = 0;
  words[base + QUARANTINED_AT]! -= words[block + SIZE]! & ~FLAGS;
  releaseBlock(words, base, block, wordShift);
  if (damage !== undefined) refuseOverwritten(op, damage);
  return true;
}
