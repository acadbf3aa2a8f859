import {
  AFTER_FREE,
  BEFORE,
  BLOCK_WORDS,
  BYTES_AT,
  END_AT,
  EXTENT_AT,
  FLAGS,
  FOREIGN,
  FORMAT_VERSION,
  FREE_AT,
  IS_FREE,
  LIVE_AT,
  MAGIC,
  MAGIC_AT,
  PEAK_AT,
  QUARANTINED,
  QUARANTINED_AT,
  REQUESTED,
  RESERVED,
  RESERVED_AT,
  SIZE,
  STAMP,
  USED,
  VERSION_AT,
} from "./heap_format.ts";
import { checkFreeLists } from "./check_free_lists.ts";
import { checkQuarantine } from "./check_quarantine.ts";
import { checkReserves } from "./check_reserves.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { firstBlock } from "./walk.ts";

/** What a walk over the blocks found, to be held against lists and counters. */
export interface BlockTally {
  /** Blocks that say they are free. */
  readonly free: Set<number>;
  /** Blocks that say they are in reserve. */
  readonly reserved: Set<number>;
  /** Blocks that say they are in quarantine. */
  readonly quarantined: Set<number>;
  /** Blocks in use. */
  readonly used: Set<number>;
  /** Bytes that were asked for. */
  bytes: number;
  /** Words of free blocks. */
  freeWords: number;
  /** Words of blocks in reserve. */
  reservedWords: number;
  /** Words of blocks in quarantine. */
  quarantinedWords: number;
}

/** Lists every violated invariant of a heap. Reads only; ends on any content of the storage. */
export function checkHeap(memory: HeapMemory): string[] {
  const words = memory.view();
  const violations = checkHeader(memory, words);
  const tally: BlockTally = {
    free: new Set(),
    reserved: new Set(),
    quarantined: new Set(),
    used: new Set(),
    bytes: 0,
    freeWords: 0,
    reservedWords: 0,
    quarantinedWords: 0,
  };
  // Where the chain of blocks is broken, the lists would only repeat it.
  if (!checkBlocks(memory, words, tally, violations)) return violations;
  checkFreeLists(memory, words, tally, violations);
  checkReserves(memory, words, tally, violations);
  checkQuarantine(memory, words, tally, violations);
  const { base } = memory;
  const counters = [
    ["blocks in use", words[base + LIVE_AT]!, tally.used.size],
    ["bytes in use", words[base + BYTES_AT]! >>> 0, tally.bytes],
    ["free words", words[base + FREE_AT]!, tally.freeWords],
    ["words in reserve", words[base + RESERVED_AT]!, tally.reservedWords],
    ["words in quarantine", words[base + QUARANTINED_AT]!, tally.quarantinedWords],
  ] as const;
  for (const [name, counted, found] of counters) {
    if (counted !== found) violations.push(`The header counts ${counted} ${name}, wanted ${found}`);
  }
  if (words[base + PEAK_AT]! >>> 0 < tally.bytes) {
    violations.push(
      `The peak is ${words[base + PEAK_AT]! >>> 0} bytes, wanted at least the ${tally.bytes} in use`,
    );
  }
  return violations;
}

function checkHeader({ base, end }: HeapMemory, words: Int32Array): string[] {
  const violations: string[] = [];
  const wanted = [["magic", MAGIC_AT, MAGIC], ["version", VERSION_AT, FORMAT_VERSION]] as const;
  for (const [name, at, value] of wanted) {
    if (words[base + at] !== value) violations.push(`The ${name} is ${words[base + at]}, wanted ${value}`);
  }
  const extent = words[base + EXTENT_AT]!;
  if (extent < end + BLOCK_WORDS || extent > words.length) {
    violations.push(`The extent is ${extent} words, wanted ${end + BLOCK_WORDS} to ${words.length}`);
  }
  return violations;
}

/** Checks each block against the one before; false where the chain does not lead to the sentinel. */
function checkBlocks(
  memory: HeapMemory,
  words: Int32Array,
  tally: BlockTally,
  violations: string[],
): boolean {
  const granuleWords = memory.granule >>> 2;
  const end = words[memory.base + END_AT]!;
  let before = 0;
  let beforeFree = false;
  for (let block = firstBlock(memory);;) {
    const header = words[block + SIZE]!;
    const size = header & ~FLAGS;
    const at = `The block at ${block * 4}`;
    if (words[block + BEFORE] !== before) {
      violations.push(`${at} says that ${words[block + BEFORE]! * 4} is before it, wanted ${before * 4}`);
    }
    if (((header & AFTER_FREE) !== 0) !== beforeFree) {
      violations.push(
        `${at} says that the one before is ${beforeFree ? "in use" : "free"}, wanted the opposite`,
      );
    }
    if (block === end) {
      if (size !== 0 || (header & IS_FREE) !== 0) {
        violations.push(`${at} is ${header}, wanted the sentinel, 0`);
      }
      return true;
    }
    if (size < granuleWords || size % granuleWords !== 0 || size > end - block) {
      violations.push(
        `${at} has ${size * 4} bytes, wanted a multiple of ${memory.granule} up to ${(end - block) * 4}`,
      );
      return false;
    }
    const free = (header & IS_FREE) !== 0;
    if (free && beforeFree) violations.push(`${at} and the one before are both free, wanted them to be one`);
    if (free) {
      tally.free.add(block);
      tally.freeWords += size;
    } else checkTaken(memory, words, block, size, tally, violations);
    before = block;
    beforeFree = free;
    block += size;
  }
}

/** Checks a block that is not free, and counts it as what it says it is. */
function checkTaken(
  memory: HeapMemory,
  words: Int32Array,
  block: number,
  size: number,
  tally: BlockTally,
  violations: string[],
): void {
  const stamp = words[block + STAMP]! ^ block;
  if (stamp === RESERVED) {
    tally.reserved.add(block);
    tally.reservedWords += size;
  } else if (stamp === QUARANTINED) {
    tally.quarantined.add(block);
    tally.quarantinedWords += size;
  } else if (stamp === (size ^ USED)) {
    const requested = words[block + REQUESTED]! >>> 0;
    tally.used.add(block);
    tally.bytes += requested;
    const most = size * 4 - memory.lead * 4 - memory.tail;
    if (requested > most) {
      violations.push(`The block at ${block * 4} was asked for ${requested} bytes, wanted at most ${most}`);
    }
  } else if (stamp !== FOREIGN) {
    violations.push(`The header at ${block * 4} was overwritten: its stamp is ${words[block + STAMP]}`);
  }
}
