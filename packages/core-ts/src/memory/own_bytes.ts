import { bufferOfArray, byteOffsetOf } from "@mediamem/checks";
import type { HeapMemory } from "./heap_memory.ts";

/**
 * Gives the first `length` of some bytes, to be copied into the heap after a request of it.
 *
 * Bytes of the heap itself are copied now: the request may free them, and the growth of a `WebAssembly.Memory` ends all views of it.
 */
export function ownBytes(memory: HeapMemory, bytes: Uint8Array, length: number): Uint8Array {
  const buffer = bufferOfArray(bytes);
  const view = new Uint8Array(buffer, byteOffsetOf(bytes), length);
  return buffer === memory.bytes.buffer ? view.slice() : view;
}
