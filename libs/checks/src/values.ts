import { show } from "./numbers.ts";

/** Throws a `TypeError` unless `value` is true or false. */
export function checkBoolean(op: string, name: string, value: boolean): void {
  if (typeof value === "boolean") return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted true or false`);
}

/** Throws a `TypeError` unless `options` are an object, whatever is in it; `wanted` shows what could be: `{ timeout, signal }`. */
export function checkOptions(op: string, options: object, wanted: string): void {
  if (typeof options === "object" && options !== null) return;
  throw new TypeError(`Cannot call ${op}: options are ${show(options)}, wanted ${wanted}`);
}

/** Throws a `TypeError` unless `value` is one of `words`. */
export function checkWord(op: string, name: string, value: string, words: readonly string[]): void {
  if (words.includes(value)) return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted one of ${words.join(", ")}`);
}

/** Throws a `TypeError` unless `values` is an array of four; the four are not looked at. */
export function checkFour(op: string, name: string, values: readonly number[]): void {
  if (Array.isArray(values) && values.length === 4) return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(values)}, wanted an array of four numbers`);
}
