import {
  BLOCK_WORDS,
  BYTES_AT,
  EXACT_CLASSES,
  FLAGS,
  IS_FREE,
  LIMIT_AT,
  LIVE_AT,
  PEAK_AT,
  RESERVED_AT,
  SIZE,
} from "./heap_format.ts";
import { useBlock } from "./block.ts";
import { refuseDamage } from "./damage.ts";
import { findFree } from "./free_list.ts";
import { growHeap } from "./growth.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { releaseOldest } from "./quarantine.ts";
import { paintZones } from "./red_zone.ts";
import { checkAlignment, MAX_REQUEST, refuseBudget, refuseMemory, refuseSize } from "./request.ts";
import { emptyReserves, takeFromReserve } from "./reserve.ts";

/** Gives the address of a new block in use. A request that cannot be met leaves everything as it was. */
export function allocate(memory: HeapMemory, op: string, size: number, alignment: number): number {
  const bytes = bytesWith(memory, op, size, 0);
  const block = obtain(memory, op, size, alignment);
  const { words, base } = memory;
  words[base + LIVE_AT]! += 1;
  countBytes(words, base, bytes);
  return ((block + memory.lead) << 2) >>> 0;
}

/** Gives how many bytes are in use once `size` are and `without` are not any more; throws for a wrong size and beyond the budget. */
export function bytesWith(memory: HeapMemory, op: string, size: number, without: number): number {
  if (typeof size !== "number" || size !== size >>> 0 || size > MAX_REQUEST) refuseSize(op, size);
  const words = memory.view();
  const { base } = memory;
  const bytes = (words[base + BYTES_AT]! >>> 0) - without + size;
  if (bytes > words[base + LIMIT_AT]! >>> 0) refuseBudget(memory, op, size);
  return bytes;
}

/** Sets the bytes in use, and the peak. */
export function countBytes(words: Int32Array, base: number, bytes: number): void {
  words[base + BYTES_AT] = bytes;
  if (bytes > words[base + PEAK_AT]! >>> 0) words[base + PEAK_AT] = bytes;
}

/** Gives a block in use for a size that has been checked. The views may be others after it. */
export function obtain(memory: HeapMemory, op: string, size: number, alignment: number): number {
  const { base, granule, wordShift } = memory;
  const granules = (size + memory.overhead) >>> (wordShift + 2);
  if (alignment !== granule) {
    checkAlignment(op, alignment);
    return takeBlock(memory, op, granules, size, Math.max(alignment, granule));
  }
  if (granules < EXACT_CLASSES) {
    const block = takeFromReserve(memory.words, base, granules, size);
    if (block !== 0) return block;
  }
  return takeBlock(memory, op, granules, size, granule);
}

/** Makes a block in use out of free memory, growing the heap where there is none. */
function takeBlock(
  memory: HeapMemory,
  op: string,
  granules: number,
  size: number,
  alignment: number,
): number {
  const { base, granule, wordShift, lead } = memory;
  // With so much more somewhere in the block is an address of that alignment.
  const room = granules + ((alignment - granule) >>> (wordShift + 2));
  let block = findFree(memory.words, base, room, wordShift);
  if (block === 0) block = makeRoom(memory, op, room);
  if (block === 0) refuseMemory(memory, op, size, alignment);
  const words = memory.words;
  const found = words[block + SIZE]!;
  if (
    (found & FLAGS) !== IS_FREE || found >>> wordShift < room ||
    ((block + BLOCK_WORDS) & (granule / 4 - 1)) !== 0
  ) {
    refuseDamage(op, block);
  }
  const gap = alignment === granule ? 0 : -(block + lead) & ((alignment >>> 2) - 1);
  const used = useBlock(words, base, block, gap, granules << wordShift, size, wordShift);
  if (memory.checked) paintZones(memory, used);
  return used;
}

/**
 * Looks for memory where none was found at once: in reserve, then beyond the end of the heap, last in quarantine. Gives a free block, 0
 * for none.
 */
function makeRoom(memory: HeapMemory, op: string, granules: number): number {
  const { base, wordShift } = memory;
  if (memory.words[base + RESERVED_AT] !== 0) {
    emptyReserves(memory.words, base, wordShift);
    const block = findFree(memory.words, base, granules, wordShift);
    if (block !== 0) return block;
  }
  if (growHeap(memory, granules)) return findFree(memory.words, base, granules, wordShift);
  while (releaseOldest(memory, op)) {
    const block = findFree(memory.words, base, granules, wordShift);
    if (block !== 0) return block;
  }
  return 0;
}
