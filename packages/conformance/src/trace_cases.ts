import type { Operation, ParameterValue, TraceTest } from "./model.ts";
import type { Selection } from "./selection.ts";
import { parseTrace } from "./trace_text.ts";

/** One trace of a run. */
export interface TraceCase {
  /** Its place among the named and then the random traces of the scope; -1 where it is none of them. */
  readonly ordinal: number;
  /** Names and values of the parameters in its id: `name`, or `seed` and `run`, or `trace`. */
  readonly names: readonly string[];
  readonly values: readonly ParameterValue[];
  readonly operations: readonly Operation[];
}

/** The traces of a test that are selected: those written by hand, then the random ones. */
export function traceCases(test: TraceTest, selection: Omit<Selection, "shard">): TraceCase[] {
  const wanted = selection.query?.parameters ?? new Map<string, ParameterValue>();
  const trace = wanted.get("trace");
  if (typeof trace === "string") {
    return [{ ordinal: -1, names: ["trace"], values: [trace], operations: parseTrace(trace) }];
  }
  const named = Object.entries(test.named).map(([name, operations], i): TraceCase => ({
    ordinal: i,
    names: ["name"],
    values: [name],
    operations,
  }));
  const seed = wanted.get("seed") ?? selection.seed;
  const only = wanted.get("run");
  const runs = Math.max(test.runs(selection.scope), typeof only === "number" ? only + 1 : 0);
  const random = typeof seed !== "number" || wanted.has("name") ? [] : test.random.traces(seed, runs);
  const cases = random.map((operations, run): TraceCase => ({
    ordinal: seed === selection.seed && run < test.runs(selection.scope) ? named.length + run : -1,
    names: ["seed", "run"],
    values: [seed, run],
    operations,
  }));
  return [...named, ...cases].filter(({ names, values }) =>
    [...wanted].every(([name, value]) => Object.is(values[names.indexOf(name)], value))
  );
}
