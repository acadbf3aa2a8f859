import type { NativeMemory } from "./memory.ts";

/** Native memory whose free must wait, with the free. */
interface Kept {
  readonly memory: Pick<NativeMemory, "revoke">;
  readonly release: () => void;
}

let kept: Kept[] = [];

/**
 * Revokes the views of native memory and then frees it.
 *
 * Where a view is pinned the memory is kept, alive and untouched, and tried again at every later call of this function and of
 * {@linkcode releaseKeptMemory}. There is no timer: memory that nobody asks about again is kept until the process ends.
 *
 * @param memory The memory.
 * @param release Frees it; called once, when no view lives any more.
 * @returns Whether it was freed now.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addressOf, memory, releaseMemory, stable } from "@mediamem/ffi";
 *
 * const owner = stable(16);
 * const view = memory(addressOf(owner), 16);
 * let freed = 0;
 * assertEquals(releaseMemory(view, () => freed++), true);
 * assertEquals([freed, view.bytes.length], [1, 0]);
 * ```
 */
export function releaseMemory(memory: Pick<NativeMemory, "revoke">, release: () => void): boolean {
  releaseKeptMemory();
  if (memory.revoke()) {
    release();
    return true;
  }
  kept.push({ memory, release });
  return false;
}

/**
 * Tries again to free the memory that {@linkcode releaseMemory} had to keep.
 *
 * @returns How many pieces must still be kept.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { releaseKeptMemory } from "@mediamem/ffi";
 *
 * assertEquals(releaseKeptMemory(), 0);
 * ```
 */
export function releaseKeptMemory(): number {
  if (kept.length === 0) return 0;
  const waiting = kept;
  kept = [];
  for (const entry of waiting) {
    if (entry.memory.revoke()) entry.release();
    else kept.push(entry);
  }
  return kept.length;
}
