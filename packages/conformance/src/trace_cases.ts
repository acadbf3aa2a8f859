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
  /** Makes the trace, of which a run has too many to keep. */
  operations(): readonly Operation[];
}

/** The traces of a test that are selected: those written by hand, then the random ones. */
export function traceCases(test: TraceTest, selection: Omit<Selection, "shard">): TraceCase[] {
  const wanted = selection.query?.parameters ?? new Map<string, ParameterValue>();
  const trace = wanted.get("trace");
  if (typeof trace === "string") {
    return [{ ordinal: -1, names: ["trace"], values: [trace], operations: () => parseTrace(trace) }];
  }
  const named = Object.entries(test.named).map(([name, operations], i): TraceCase => ({
    ordinal: i,
    names: ["name"],
    values: [name],
    operations: () => operations,
  }));
  const seed = wanted.get("seed") ?? selection.seed;
  const runs = test.runs(selection.scope);
  const random = typeof seed !== "number" || wanted.has("name")
    ? []
    : runNumbers(wanted.get("run"), runs).map((run): TraceCase => ({
      ordinal: seed === selection.seed && run < runs ? named.length + run : -1,
      names: ["seed", "run"],
      values: [seed, run],
      operations: () => test.random.trace(seed, run),
    }));
  return [...named, ...random].filter(({ names, values }) =>
    [...wanted].every(([name, value]) => Object.is(values[names.indexOf(name)], value))
  );
}

/** The one that is wanted, also beyond those of the scope, or all of the scope. */
function runNumbers(wanted: ParameterValue | undefined, runs: number): readonly number[] {
  if (wanted === undefined) return Array.from({ length: runs }, (_, run) => run);
  return Number.isSafeInteger(wanted) && (wanted as number) >= 0 ? [wanted as number] : [];
}
