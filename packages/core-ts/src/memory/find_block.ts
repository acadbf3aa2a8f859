import { BEFORE, BLOCK_WORDS, FLAGS, REQUESTED, SIZE } from "./heap_format.ts";
import { refuseDamage } from "./damage.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { firstBlock, isUsed } from "./walk.ts";

/** Gives where the memory of a block starts, bytes. */
export function addressOf(memory: HeapMemory, block: number): number {
  return ((block + memory.lead) << 2) >>> 0;
}

/** Gives how many bytes of a block in use were asked for. */
export function requestedBytes(memory: HeapMemory, block: number): number {
  return memory.words[block + REQUESTED]! >>> 0;
}

/**
 * Gives the block in use that an address lies in, 0 for none.
 *
 * At once for the address that `malloc` gave; for others it goes from block to block, from the one that was last found on.
 */
export function blockAround(memory: HeapMemory, op: string, address: number): number {
  const words = memory.view();
  const own = (address >>> 2) - memory.lead;
  if (address === address >>> 0 && (address & (memory.granule - 1)) === 0 && isUsed(words, own)) {
    return memory.lastFound = own;
  }
  const last = memory.lastFound;
  let block = last !== 0 && isUsed(words, last) ? last : firstBlock(memory);
  while (addressOf(memory, block) > address) {
    const before = words[block + BEFORE]!;
    if (before === 0) return 0;
    if (before < 0 || before >= block) refuseDamage(op, block);
    block = before;
  }
  for (; block < memory.end; block += words[block + SIZE]! & ~FLAGS) {
    const size = words[block + SIZE]! & ~FLAGS;
    if (size < BLOCK_WORDS || size > memory.end - block) refuseDamage(op, block);
    if (address >= (block + size) * 4) continue;
    const offset = address - addressOf(memory, block);
    if (offset < 0 || !isUsed(words, block) || offset >= requestedBytes(memory, block)) return 0;
    return memory.lastFound = block;
  }
  return 0;
}
