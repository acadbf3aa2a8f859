import { checkInteger } from "@mediamem/checks";
import { type ErrorCode, MediaError } from "@mediamem/interface";
import { RETURNED } from "./pool_format.ts";
import type { PoolMemory } from "./pool_memory.ts";

/** Throws what is wrong with a handle that is not that of a slot in use. */
export function refuseHandle(memory: PoolMemory, op: string, handle: number): never {
  checkInteger(op, "handle", handle);
  const index = memory.indexOf(handle);
  if (index < 0) refuse("WRONG_OWNER", op, `${handle} is no handle of this pool`);
  if (Atomics.load(memory.words, memory.stateAt(index)) !== ((handle + RETURNED) | 0)) {
    refuse("USE_AFTER_FREE", op, `slot ${index} of handle ${handle} was returned and taken again`);
  }
  const code = op.endsWith("release") ? "DOUBLE_FREE" : "USE_AFTER_FREE";
  refuse(code, op, `slot ${index} of handle ${handle} is free already`);
}

function refuse(code: ErrorCode, op: string, found: string): never {
  throw new MediaError(code, `Cannot call ${op}: ${found}, wanted the handle of a slot in use`, { op });
}
