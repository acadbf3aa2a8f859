import type { Area, ParameterValue, Test } from "./model.ts";
import { parseCaseId } from "./case_id.ts";
import { usage } from "./conformance_error.ts";

/** Which cases of which tests are wanted. */
export interface Query {
  /** The text that was read. */
  readonly text: string;
  /** `area/test`, or how it begins where {@linkcode prefix} is true. */
  readonly test: string;
  /** Whether {@linkcode test} is only a beginning. */
  readonly prefix: boolean;
  /** The parameters that are fixed; the others are free. */
  readonly parameters: ReadonlyMap<string, ParameterValue>;
}

/**
 * Reads a query: a case's id, an id with parameters left out (those are free), `area/test:*`, or the beginning of test ids with a star:
 * `area/*`, `area/fill*`, `*`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parseQuery } from "@mediamem/conformance";
 *
 * assertEquals(parseQuery("image/fill*").prefix, true);
 * assertEquals([...parseQuery("image/linesize:format=nv12;*").parameters], [["format", "nv12"]]);
 * ```
 */
export function parseQuery(text: string): Query {
  if (!text.includes(":") && text.endsWith("*")) {
    return { text, test: text.slice(0, -1), prefix: true, parameters: new Map() };
  }
  return { text, prefix: false, ...parseCaseId(text.replace(/(?:;|(:))\*$/, "").replace(/:$/, "")) };
}

/** Tells whether the query wants cases of that test. */
export function wantsTest(query: Query, test: string): boolean {
  return query.prefix ? test.startsWith(query.test) : test === query.test;
}

/** The tests of an area that the query wants; all of them for null. Throws `USAGE` for a parameter that a wanted test does not have. */
export function wantedTests(area: Area, query: Query | null): readonly Test[] {
  if (query === null) return area.tests;
  const tests = area.tests.filter((test) => wantsTest(query, test.id));
  for (const test of tests) {
    const names = test.kind === "vector" ? test.parameters : ["name", "seed", "run", "trace"];
    for (const name of query.parameters.keys()) {
      if (names.includes(name)) continue;
      usage(`Cannot read the case ${query.text}: found the parameter ${name}, wanted ${names.join(", ")}`);
    }
  }
  return tests;
}
