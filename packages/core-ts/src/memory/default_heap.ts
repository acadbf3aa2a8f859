import { createHeap } from "./create_heap.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { MAX_BYTES } from "./storage.ts";

/** Makes a heap of its own storage, which grows as far as the runtime lets it. */
export function createDefaultHeap(): HeapMemory {
  return createHeap(growingBuffer(MAX_BYTES), {});
}

function growingBuffer(maxByteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(65536, { maxByteLength });
  } catch (error) {
    // Less room for addresses than that is no memory at all.
    if (maxByteLength <= 2 ** 24) throw error;
    return growingBuffer(maxByteLength / 2);
  }
}
