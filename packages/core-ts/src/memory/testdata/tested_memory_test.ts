import { assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Heap, type HeapStorage } from "@mediamem/core-ts/memory";
import { type Ledger, type LedgerOptions, MediaError, type Memory } from "@mediamem/interface";

/** A backend's memory with the heap that it lies in, for tests. */
export interface TestedMemory {
  readonly heap: Heap;
  readonly ledger: Ledger;
  readonly memory: Memory;
}

/** Makes a memory in a heap of its own. */
export function testedMemory(
  options: LedgerOptions & { readonly storage?: HeapStorage; readonly checked?: boolean } = {},
): TestedMemory {
  const { storage = new ArrayBuffer(1 << 20), checked = false, ...ledgerOptions } = options;
  const heap = Heap.create(storage, { checked });
  const { ledger, memory } = createCore({ ...ledgerOptions, heap });
  return { heap, ledger, memory };
}

/** The code of the error that the call throws: of a `MediaError`, or `TypeError`. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof MediaError ? error.code : (error as Error).name;
  }
  return "none";
}

/** The code and message of the `MediaError` that the call throws. */
export function refusal(call: () => unknown): string {
  const { code, message } = assertThrows(call, MediaError);
  return `${code} ${message}`;
}

/** Throws unless so much is in use, on the account and in the heap, and the heap is sound. */
export function assertInUse({ heap, ledger }: TestedMemory, live: number, bytes: number): void {
  const stats = heap.stats();
  assertEquals([ledger.live, ledger.bytes, stats.live, stats.bytes], [live, bytes, live, bytes]);
  assertEquals(heap.check(), []);
}
