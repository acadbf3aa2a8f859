import {
  AFTER_FREE,
  BEFORE,
  BLOCK_WORDS,
  END_AT,
  EXTENT_AT,
  FLAGS,
  FOREIGN,
  SIZE,
  STAMP,
} from "./heap_format.ts";
import { releaseBlock } from "./block.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { bufferOf, growStorage, mostBytes, wordsIn } from "./storage.ts";

/** Gives the first place from `index` on at which a block can be: its header ends at a multiple of the granule. */
export function placeOf(index: number, granule: number): number {
  const granuleWords = granule >>> 2;
  return Math.ceil((index + BLOCK_WORDS) / granuleWords) * granuleWords - BLOCK_WORDS;
}

/**
 * Makes what the storage has beyond the sentinel part of the heap: a free block up to a new sentinel.
 *
 * What somebody else added to the storage since the heap last looked (a WASM module's own allocator, say) is stepped over.
 *
 * @param from The first word that is the heap's, at least `EXTENT_AT`.
 */
export function takeIn(memory: HeapMemory, from: number): void {
  const { base, granule, wordShift } = memory;
  const words = memory.renew();
  let last = memory.end;
  const end = words.length - words.length % (granule >>> 2) - BLOCK_WORDS;
  if (from > last + BLOCK_WORDS) {
    const start = placeOf(from, granule);
    words[last + SIZE] = (start - last) | (words[last + SIZE]! & AFTER_FREE);
    words[last + STAMP] = last ^ FOREIGN;
    words[start + SIZE] = 0;
    words[start + BEFORE] = last;
    last = start;
  }
  words[end + SIZE] = 0;
  words[end + BEFORE] = last;
  words[base + END_AT] = end;
  words[base + EXTENT_AT] = words.length;
  memory.end = end;
  if (end === last) return;
  words[last + SIZE]! |= end - last;
  releaseBlock(words, base, last, wordShift);
}

/** Grows the storage until a block of `granules` fits; false where it cannot, and then nothing has changed. */
export function growHeap(memory: HeapMemory, granules: number): boolean {
  const { base, granule, storage, wordShift } = memory;
  const words = memory.view();
  const byteLength = bufferOf(storage).byteLength;
  const present = wordsIn(byteLength);
  const extent = words[base + EXTENT_AT]!;
  // Nobody else has added to the storage: the new memory continues the heap's last block.
  const from = present > extent ? present : memory.end;
  let missing = granules << wordShift;
  if (from === memory.end && (words[memory.end + SIZE]! & AFTER_FREE) !== 0) {
    missing -= words[words[memory.end + BEFORE]! + SIZE]! & ~FLAGS;
  }
  const needed = (placeOf(from, granule) + missing + BLOCK_WORDS) * 4;
  const most = mostBytes(storage);
  if (needed > most) return false;
  // An eighth more than there was spares most of the next growths, where the storage has room for it.
  const generous = Math.min(most, Math.max(needed, Math.ceil(byteLength * 1.125 / 65536) * 65536));
  if (!growStorage(storage, generous) && !growStorage(storage, needed)) return false;
  takeIn(memory, from);
  return true;
}
