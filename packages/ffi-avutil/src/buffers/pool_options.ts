import type { BufferPoolOptions } from "@mediamem/interface";
import { checkInteger, checkOptions, invalid, show } from "@mediamem/checks";
import { checkPoolLimits } from "@mediamem/ledger";
import type { BufferContext } from "./buffer_context.ts";

/** Throws a `TypeError` unless `value` is a function or undefined. */
export function checkOptionalFunction(op: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === "function") return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted a function`);
}

/**
 * Reads the options of a pool once; what a getter gives later is not what was checked. Throws unless they are ones.
 */
export function holdPoolOptions(
  context: BufferContext,
  op: string,
  options: BufferPoolOptions,
): BufferPoolOptions {
  checkOptions(op, options, "{ allocate, max, … }");
  const { allocate, free, poison, preallocate = 0, max = Infinity, highWater, onHighWater } = options;
  // Undefined is the same as absent here, which the types do not allow to be said otherwise.
  const held = { allocate, free, poison, preallocate, max, highWater, onHighWater } as BufferPoolOptions;
  checkPoolLimits(op, held);
  if (typeof allocate === "number") checkNative(op, allocate, free);
  else checkOptionalFunction(op, "allocate", allocate);
  checkOptionalFunction(op, "free", free);
  if (poison !== undefined) {
    checkInteger(op, "poison", poison);
    if (poison < 0 || poison > 255) {
      invalid(op, `Cannot call ${op}: poison is ${poison}, wanted a byte, 0 to 255`);
    }
  }
  context.checkSize(op, "preallocate", preallocate);
  if (preallocate > max) {
    invalid(op, `Cannot call ${op}: preallocate is ${preallocate}, wanted at most max, which is ${max}`);
  }
  return held;
}

/** Throws unless C can be given the address of an allocator: the function that takes one knows of no `pool_free`. */
function checkNative(op: string, allocate: number, free: unknown): void {
  checkInteger(op, "allocate", allocate);
  if (allocate < 4096) {
    invalid(op, `Cannot call ${op}: allocate is ${allocate}, wanted the address of a function`);
  }
  if (free !== undefined) {
    invalid(op, `Cannot call ${op}: found free with a native allocate, wanted one or the other`);
  }
}
