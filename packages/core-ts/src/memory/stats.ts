import {
  BEFORE,
  BYTES_AT,
  COLUMNS_AT,
  FLAGS,
  FREE_AT,
  HEADS_AT,
  IS_FREE,
  LIVE_AT,
  NEXT,
  PEAK_AT,
  QUARANTINED_AT,
  RESERVED_AT,
  ROWS_AT,
  SIZE,
} from "./heap_format.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { firstBlock } from "./walk.ts";

/** Figures of a heap at one moment. */
export interface HeapStats {
  /** Blocks in use. */
  readonly live: number;
  /** Bytes in use, as asked for. */
  readonly bytes: number;
  /** The most that `bytes` ever was. */
  readonly peak: number;
  /** Bytes of all blocks, whatever they are, with their headers. */
  readonly total: number;
  /** Bytes in free blocks, their headers counted, those in reserve too. */
  readonly free: number;
  /** Bytes of the largest free block without its header: what one request can get before the heap has to grow. */
  readonly largestFree: number;
  /** Bytes in blocks in quarantine, their headers and red zones counted. */
  readonly quarantined: number;
  /**
   * The share of the memory up to the last block in use that is free, 0 to 1: holes that are too small for the next request or that
   * will be filled by one. Free memory behind that block is no hole.
   */
  readonly fragmentation: number;
}

/** Reads the counters of a heap, and the list of the largest free blocks. */
export function heapStats(memory: HeapMemory): HeapStats {
  const words = memory.view();
  const { base, end } = memory;
  const free = words[base + FREE_AT]! + words[base + RESERVED_AT]!;
  const last = words[end + BEFORE]!;
  const lastHeader = words[last + SIZE]!;
  const behind = (lastHeader & IS_FREE) !== 0 ? lastHeader & ~FLAGS : 0;
  const total = end - firstBlock(memory);
  return {
    live: words[base + LIVE_AT]!,
    bytes: words[base + BYTES_AT]! >>> 0,
    peak: words[base + PEAK_AT]! >>> 0,
    total: total * 4,
    free: free * 4,
    largestFree: Math.max(0, largestFree(memory, words) * 4 - memory.lead * 4 - memory.tail),
    quarantined: words[base + QUARANTINED_AT]! * 4,
    fragmentation: total === behind ? 0 : (free - behind) / (total - behind),
  };
}

/** Words of the largest free block: it is in the highest size class that has any. */
function largestFree({ base, end, wordShift }: HeapMemory, words: Int32Array): number {
  const rows = words[base + ROWS_AT]!;
  if (rows === 0) return 0;
  const row = 31 - Math.clz32(rows);
  const index = row * 32 + 31 - Math.clz32(words[base + COLUMNS_AT + row]!);
  let largest = 0;
  // A list that somebody wrote over leads outside of the heap or in a circle: that is check()'s to tell, and ends here.
  let left = end >>> wordShift;
  for (
    let block = words[base + HEADS_AT + index]!;
    block > 0 && left > 0;
    block = words[block + NEXT]!, left--
  ) {
    largest = Math.max(largest, words[block + SIZE]! & ~FLAGS);
  }
  return largest;
}
