import type { BufferPoolOptions } from "@mediamem/interface";
import { checkInteger, checkOptions, invalid, show } from "@mediamem/checks";
import { checkPoolLimits } from "@mediamem/ledger";
import { checkedSize } from "./buffer_home.ts";

/** Throws a `TypeError` unless `value` is a function or undefined. */
export function checkOptionalFunction(op: string, name: string, value: unknown): void {
  if (value === undefined || typeof value === "function") return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted a function`);
}

/** Reads the options of a pool once; what a getter gives later is not what was checked. Throws unless they are ones. */
export function holdPoolOptions(op: string, options: BufferPoolOptions): BufferPoolOptions {
  checkOptions(op, options, "{ allocate, max, … }");
  const { allocate, free, poison, preallocate = 0, max = Infinity, highWater, onHighWater } = options;
  // Undefined is the same as absent here, which the types do not allow to be said otherwise.
  const held = { allocate, free, poison, preallocate, max, highWater, onHighWater } as BufferPoolOptions;
  checkPoolLimits(op, held);
  checkOptionalFunction(op, "allocate", allocate);
  checkOptionalFunction(op, "free", free);
  if (poison !== undefined) {
    checkInteger(op, "poison", poison);
    if (poison < 0 || poison > 255) {
      invalid(op, `Cannot call ${op}: poison is ${poison}, wanted a byte, 0 to 255`);
    }
  }
  if (checkedSize(op, "preallocate", preallocate) > max) {
    invalid(op, `Cannot call ${op}: preallocate is ${preallocate}, wanted at most max, which is ${max}`);
  }
  return held;
}
