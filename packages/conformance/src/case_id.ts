import type { ParameterValue } from "./model.ts";
import { usage } from "./conformance_error.ts";
import { formatValue, parseValue, splitOutsideQuotes } from "./parameter_text.ts";

/** A case's id, taken apart. */
export interface CaseId {
  /** `area/test`. */
  readonly test: string;
  /** Names and values, in the order of the id. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
}

const TEST = /^[A-Za-z0-9_]+(?:\/[A-Za-z0-9_.-]+)+$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Writes the id of a case: `area/test:parameter=value;…`.
 *
 * @param test `area/test`.
 * @param names Names of the parameters.
 * @param values Their values, in the same order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { formatCaseId } from "@mediamem/conformance";
 *
 * assertEquals(formatCaseId("image/linesize", ["format", "width"], ["nv12", 99]), "image/linesize:format=nv12;width=99");
 * ```
 */
export function formatCaseId(
  test: string,
  names: readonly string[],
  values: readonly ParameterValue[],
): string {
  if (names.length === 0) return test;
  return `${test}:${names.map((name, i) => `${name}=${formatValue(values[i]!)}`).join(";")}`;
}

/**
 * Takes the id of a case apart. Throws `USAGE` for a text that is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseCaseId } from "@mediamem/conformance";
 *
 * const { test, parameters } = parseCaseId('image/pixelFormat:name="no such";index=-0');
 * assertEquals(test, "image/pixelFormat");
 * assertEquals([...parameters], [["name", "no such"], ["index", -0]]);
 * ```
 */
export function parseCaseId(id: string): CaseId {
  const colon = id.indexOf(":");
  const test = colon < 0 ? id : id.slice(0, colon);
  if (!TEST.test(test)) wrong(id, JSON.stringify(test), "area/test");
  const parameters = new Map<string, ParameterValue>();
  if (colon < 0) return { test, parameters };
  for (const part of splitOutsideQuotes(id.slice(colon + 1), ";")) {
    const equals = part.indexOf("=");
    const name = part.slice(0, Math.max(equals, 0));
    if (!NAME.test(name)) wrong(id, JSON.stringify(part), "parameter=value");
    if (parameters.has(name)) wrong(id, `${name} twice`, "each parameter once");
    const value = parseValue(part.slice(equals + 1));
    if (value === undefined) {
      wrong(id, JSON.stringify(part.slice(equals + 1)), "a word, a number or a JSON string");
    }
    parameters.set(name, value);
  }
  return { test, parameters };
}

function wrong(id: string, found: string, wanted: string): never {
  usage(`Cannot read the case ${id}: found ${found}, wanted ${wanted}`);
}
