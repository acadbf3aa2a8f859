import {
  BLOCK_WORDS,
  FLAGS,
  FOREIGN,
  HEADER_WORDS,
  IS_FREE,
  QUARANTINED,
  REQUESTED,
  RESERVED,
  SIZE,
  STAMP,
  USED,
} from "./heap_format.ts";
import { refuseDamage } from "./damage.ts";
import { placeOf } from "./growth.ts";
import type { HeapMemory } from "./heap_memory.ts";

/** A stretch of a heap's storage. Blocks follow each other without a gap. */
export interface HeapBlock {
  /** What `malloc` gave; of a block that is not in use, what it would give. */
  readonly address: number;
  /** Bytes: of a block in use as many as were asked for, of others as many as there could be. */
  readonly size: number;
  /**
   * `used`: somebody's. `free`: can be any block. `reserved`: freed, waits for a request of its size. `quarantined`: freed, kept back so that
   * writes into it are found. `foreign`: storage that was added by somebody else than the heap.
   */
  readonly state: "used" | "free" | "reserved" | "quarantined" | "foreign";
  /** Where the block with its header and red zones starts. */
  readonly start: number;
  /** How many bytes it has with its header and red zones. */
  readonly length: number;
}

/** Gives where a heap's first block is. */
export function firstBlock(memory: HeapMemory): number {
  return placeOf(memory.base + HEADER_WORDS, memory.granule);
}

/** Walks over the blocks in the order of their addresses. Throws `CORRUPTED` where a size leads nowhere. */
export function* walkBlocks(memory: HeapMemory, op: string): Generator<HeapBlock> {
  const words = memory.view();
  for (let block = firstBlock(memory); block < memory.end;) {
    const size = words[block + SIZE]! & ~FLAGS;
    if (size < BLOCK_WORDS || size > memory.end - block) refuseDamage(op, block);
    yield describe(memory, words, block, size);
    block += size;
  }
}

/** Whether the header of a block in use is at this index. */
export function isUsed(words: Int32Array, block: number): boolean {
  return words[block + STAMP] === (block ^ (words[block + SIZE]! & ~FLAGS) ^ USED);
}

function describe(memory: HeapMemory, words: Int32Array, block: number, size: number): HeapBlock {
  const state = stateOf(words, block);
  return {
    address: (block + memory.lead) * 4,
    size: state === "used" || state === "quarantined"
      ? words[block + REQUESTED]! >>> 0
      : Math.max(0, size * 4 - memory.lead * 4 - memory.tail),
    state,
    start: block * 4,
    length: size * 4,
  };
}

function stateOf(words: Int32Array, block: number): HeapBlock["state"] {
  if ((words[block + SIZE]! & IS_FREE) !== 0) return "free";
  switch (words[block + STAMP]! ^ block) {
    case RESERVED:
      return "reserved";
    case QUARANTINED:
      return "quarantined";
    case FOREIGN:
      return "foreign";
    default:
      return "used";
  }
}
