import type { ParameterValue } from "./model.ts";

const BARE = /^[A-Za-z0-9_.+-]+$/;
const NUMBER = /^(?:NaN|-?Infinity|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/;
const WORDS: ReadonlyMap<string, ParameterValue> = new Map([["true", true], ["false", false], [
  "null",
  null,
]]);

/** Writes a value as it stands in a case's id: bare where nothing else reads so, else as JSON. */
export function formatValue(value: ParameterValue): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "string") return String(value);
  return BARE.test(value) && !WORDS.has(value) && !NUMBER.test(value) ? value : JSON.stringify(value);
}

/** Reads one value; undefined where the text is none. */
export function parseValue(text: string): ParameterValue | undefined {
  if (NUMBER.test(text)) return Number(text);
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (BARE.test(text)) return text;
  if (text[0] !== '"') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Splits a text at a separator, but not inside JSON strings and the brackets of lists. */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character === "\\") i++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "[") depth++;
    else if (character === "]") depth--;
    else if (character === separator && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
