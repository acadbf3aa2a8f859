import { checkInteger, invalid } from "@mediamem/checks";
import { NO_LIMIT } from "./heap_format.ts";

/** Gives the word of the header that stands for a budget in bytes, `Infinity` for none. */
export function limitWord(op: string, bytes: number): number {
  if (bytes === Infinity) return NO_LIMIT;
  checkInteger(op, "limitBytes", bytes);
  if (bytes < 0) invalid(op, `Cannot call ${op}: limitBytes is ${bytes}, wanted at least 0`);
  return Math.min(bytes, NO_LIMIT);
}
