import { checkInteger, invalid } from "@mediamem/checks";
import { WAITED } from "./pool_format.ts";
import type { PoolMemory } from "./pool_memory.ts";
import { refuseHandle } from "./refuse_handle.ts";

/** Gives the bytes of a slot whose use goes on. */
export function slotBytes(
  memory: PoolMemory,
  op: string,
  handle: number,
  offset: number,
  length: number,
): Uint8Array<SharedArrayBuffer> {
  const index = memory.indexOf(handle);
  if (index < 0 || (Atomics.load(memory.words, memory.stateAt(index)) & ~WAITED) !== (handle | 0)) {
    refuseHandle(memory, op, handle);
  }
  checkInteger(op, "offset", offset);
  checkInteger(op, "length", length);
  if (offset < 0 || length < 0 || length > memory.size - offset) {
    invalid(
      op,
      `Cannot call ${op}: ${length} bytes from ${offset} on, wanted bytes of a slot of ${memory.size}`,
    );
  }
  return new Uint8Array(memory.storage, memory.dataAt + index * memory.stride + offset, length);
}

/** Throws unless a use that went on before a copy goes on after it. */
export function checkStillTaken(memory: PoolMemory, op: string, handle: number): void {
  const state = handle | 0;
  // An exchange and no load: the copy's own accesses may not come after it.
  const found = Atomics.compareExchange(memory.words, memory.stateAt(memory.indexOf(handle)), state, state);
  if ((found & ~WAITED) !== state) refuseHandle(memory, op, handle);
}
