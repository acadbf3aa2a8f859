import {
  AFTER_FREE,
  BEFORE,
  BYTES_AT,
  EXACT_CLASSES,
  FLAGS,
  IS_FREE,
  LIVE_AT,
  REQUESTED,
  RESERVED_AT,
  SIZE,
} from "./heap_format.ts";
import { releaseBlock } from "./block.ts";
import { refuseDamage } from "./damage.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { type FreedCode, refuseAddress } from "./misuse.ts";
import { makeQuarantineRoom, putInQuarantine } from "./quarantine.ts";
import { refuseOverwritten, zoneDamage } from "./red_zone.ts";
import { emptyReserves, putInReserve } from "./reserve.ts";
import { isUsed } from "./walk.ts";

/**
 * Gives the block in use whose memory starts at `address`; throws for any other address.
 *
 * @param freed What it throws where a block was there and was freed.
 */
export function blockInUse(
  memory: HeapMemory,
  op: string,
  address: number,
  freed: FreedCode = "DOUBLE_FREE",
): number {
  // The stamp is right for its very index only, and the index only for an address that is a multiple of the granule.
  if (typeof address !== "number" || address !== address >>> 0 || (address & (memory.granule - 1)) !== 0) {
    refuseAddress(memory, op, address, freed);
  }
  const words = memory.view();
  const block = (address >>> 2) - memory.lead;
  if (!isUsed(words, block)) refuseAddress(memory, op, address, freed);
  return block;
}

/** Frees the block at `address`, and gives how many bytes were asked for. Whatever is wrong is found before anything changes. */
export function release(memory: HeapMemory, op: string, address: number): number {
  const block = blockInUse(memory, op, address);
  const { words, base, wordShift } = memory;
  const requested = words[block + REQUESTED]! >>> 0;
  if (memory.checked) checkRelease(memory, op, block);
  retire(memory, op, block);
  const live = words[base + LIVE_AT]! - 1;
  words[base + LIVE_AT] = live;
  words[base + BYTES_AT]! -= requested;
  // With nothing in use left, all memory is one free block again.
  if (live === 0 && words[base + RESERVED_AT] !== 0) emptyReserves(words, base, wordShift);
  return requested;
}

/** Throws `CORRUPTED` where a block that is about to be freed was overrun, or the one that leaves the quarantine for it was written. */
export function checkRelease(memory: HeapMemory, op: string, block: number): void {
  checkNeighbours(op, memory.words, block);
  const damage = zoneDamage(memory, block);
  if (damage !== undefined) refuseOverwritten(op, damage);
  makeQuarantineRoom(memory, op, memory.words[block + SIZE]! & ~FLAGS);
}

/** Makes a block in use one in reserve, in quarantine or free; the counters of what is in use are the caller's. */
export function retire(memory: HeapMemory, op: string, block: number): void {
  const { words, base, wordShift } = memory;
  if (memory.checked) {
    if (putInQuarantine(memory, block)) return;
  } else {
    const granules = words[block + SIZE]! >>> wordShift;
    if (granules < EXACT_CLASSES && putInReserve(words, base, block, granules)) return;
    checkNeighbours(op, words, block);
  }
  releaseBlock(words, base, block, wordShift);
}

/** Throws `CORRUPTED` where what a block and its neighbours say of each other does not fit. */
export function checkNeighbours(op: string, words: Int32Array, block: number): void {
  const header = words[block + SIZE]!;
  const after = block + (header & ~FLAGS);
  if (words[after + BEFORE] !== block) refuseDamage(op, after);
  if ((header & AFTER_FREE) === 0) return;
  const before = words[block + BEFORE]!;
  if (words[before + SIZE] !== ((block - before) | IS_FREE)) refuseDamage(op, block);
}
