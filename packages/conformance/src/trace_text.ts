import type { Operation, ParameterValue } from "./model.ts";
import { usage } from "./conformance_error.ts";
import { formatValue, parseValue, splitOutsideQuotes } from "./parameter_text.ts";

/**
 * Writes a trace as one line: `alloc width=4 planes=[1,2]; free handle=0`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatTrace, parseTrace } from "@mediamem/conformance";
 *
 * const trace = [{ op: "alloc", width: 4 }, { op: "free", handle: 0 }];
 * assertEquals(formatTrace(trace), "alloc width=4; free handle=0");
 * assertEquals(parseTrace("alloc width=4; free handle=0"), trace);
 * ```
 */
export function formatTrace(operations: readonly Operation[]): string {
  return operations.map((operation) => {
    const words = [operation.op];
    for (const [name, value] of Object.entries(operation)) {
      if (name !== "op") words.push(`${name}=${formatArgument(value)}`);
    }
    return words.join(" ");
  }).join("; ");
}

/** Reads what {@linkcode formatTrace} writes. Throws `USAGE` for anything else. */
export function parseTrace(text: string): readonly Operation[] {
  if (text.trim() === "") return [];
  return splitOutsideQuotes(text, ";").map((part) => {
    const [op, ...words] = splitOutsideQuotes(part.trim(), " ");
    if (op === undefined || !/^\w+$/.test(op)) wrong(part, "an operation's name");
    const operation: { op: string; [argument: string]: ParameterValue | readonly ParameterValue[] } = { op };
    for (const word of words) {
      const equals = word.indexOf("=");
      if (equals < 1) wrong(word, "argument=value");
      operation[word.slice(0, equals)] = parseArgument(word.slice(equals + 1));
    }
    return operation;
  });
}

function formatArgument(value: ParameterValue | readonly ParameterValue[]): string {
  return typeof value === "object" && value !== null
    ? `[${value.map(formatValue).join(",")}]`
    : formatValue(value);
}

function parseArgument(text: string): ParameterValue | readonly ParameterValue[] {
  if (!text.startsWith("[")) return one(text);
  if (!text.endsWith("]")) wrong(text, "a list that ends with ]");
  return text === "[]" ? [] : splitOutsideQuotes(text.slice(1, -1), ",").map(one);
}

function one(text: string): ParameterValue {
  const value = parseValue(text);
  return value === undefined ? wrong(text, "a word, a number or a JSON string") : value;
}

function wrong(found: string, wanted: string): never {
  usage(`Cannot read the trace: found ${JSON.stringify(found)}, wanted ${wanted}`);
}
