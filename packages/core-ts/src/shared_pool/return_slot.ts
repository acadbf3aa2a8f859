import { RETURNED, WAITED } from "./pool_format.ts";
import type { PoolMemory } from "./pool_memory.ts";
import { wakeWaiting } from "./pool_wait.ts";

/**
 * Makes a slot free, and wakes those who wait for it.
 *
 * @param taken Its state in the use that ends.
 * @return False where the slot is not in that use, and then nothing has changed.
 */
export function returnSlot(memory: PoolMemory, index: number, taken: number): boolean {
  const { words } = memory;
  const at = memory.stateAt(index);
  const found = Atomics.compareExchange(words, at, taken, taken + RETURNED);
  if (found !== taken) {
    // From here on the flag stays until the use ends, so that one more exchange tells.
    const waited = taken | WAITED;
    if (found !== waited || Atomics.compareExchange(words, at, waited, taken + RETURNED) !== waited) {
      return false;
    }
    wakeWaiting(words);
  }
  memory.cursor = index;
  return true;
}
