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
import { bytesWith, countBytes, obtain } from "./allocate.ts";
import { releaseBlock } from "./block.ts";
import { insertFree, removeFree } from "./free_list.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { blockInUse, checkNeighbours, checkRelease, retire } from "./release.ts";

/** Gives the bytes of a block that its owner may use. */
export function usableBytes({ words, lead, checked }: HeapMemory, block: number): number {
  return checked ? words[block + REQUESTED]! >>> 0 : (words[block + SIZE]! & ~FLAGS) * 4 - lead * 4;
}

/**
 * Makes the block at `address` one of `size` bytes, in its place where that goes, and gives its address. A request that cannot be met leaves
 * everything as it was. A heap with red zones always moves the block, so that who uses the old address is found out.
 */
export function reallocate(memory: HeapMemory, op: string, address: number, size: number): number {
  const block = blockInUse(memory, op, address);
  const bytes = bytesWith(memory, op, size, memory.words[block + REQUESTED]! >>> 0);
  const { base, granule, lead, wordShift } = memory;
  if (memory.checked) checkRelease(memory, op, block);
  else {
    checkNeighbours(op, memory.words, block);
    const wanted = ((size + memory.overhead) >>> (wordShift + 2)) << wordShift;
    if (resize(memory.words, base, block, wanted, wordShift)) {
      memory.words[block + REQUESTED] = size;
      countBytes(memory.words, base, bytes);
      return address;
    }
  }
  const moved = obtain(memory, op, size, granule);
  const from = address;
  const to = (moved + lead) * 4;
  memory.bytes.copyWithin(to, from, from + Math.min(usableBytes(memory, block), size));
  retire(memory, op, block);
  countBytes(memory.words, base, bytes);
  return to;
}

/** Makes a block in use `wanted` words long where it is; false where what follows is not free or not enough. */
function resize(words: Int32Array, base: number, block: number, wanted: number, wordShift: number): boolean {
  const header = words[block + SIZE]!;
  const size = header & ~FLAGS;
  if (wanted === size) return true;
  const next = block + size;
  const nextHeader = words[next + SIZE]!;
  if (wanted > size) {
    const present = size + ((nextHeader & IS_FREE) !== 0 ? nextHeader & ~FLAGS : 0);
    if (wanted > present) return false;
    removeFree(words, base, next, nextHeader >>> wordShift);
    words[next + STAMP] = next ^ FREED;
    words[base + FREE_AT]! -= wanted - size;
    const after = block + present;
    if (wanted === present) {
      words[after + SIZE]! &= ~AFTER_FREE;
      words[after + BEFORE] = block;
    } else {
      const rest = block + wanted;
      words[rest + SIZE] = (present - wanted) | IS_FREE;
      words[rest + BEFORE] = block;
      words[after + BEFORE] = rest;
      insertFree(words, base, rest, (present - wanted) >>> wordShift);
    }
  } else {
    const rest = block + wanted;
    words[rest + SIZE] = size - wanted;
    words[rest + BEFORE] = block;
    releaseBlock(words, base, rest, wordShift);
  }
  words[block + SIZE] = wanted | (header & FLAGS);
  words[block + STAMP] = block ^ wanted ^ USED;
  return true;
}
