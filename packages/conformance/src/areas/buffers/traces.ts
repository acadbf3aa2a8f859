import type { Operation, Reference, TraceTest } from "../../model.ts";
import { traceGenerator } from "../../trace_generator.ts";
import { olderThan } from "../image/versions.ts";
import { NAMED_POOLS } from "./named_pool_traces.ts";
import { NAMED_REFERENCES } from "./named_traces.ts";
import { poolTraces, referenceTraces } from "./random_traces.ts";
import { TracePlayer } from "./trace_player.ts";

const INT_MAX = 2147483647;

function skipOld(reference: Reference, operations: readonly Operation[]): string | null {
  if (olderThan(reference, 56, 37)) return "libavutil before 56.37 has no av_buffer_pool_buffer_get_opaque";
  if (olderThan(reference, 56, 60) && operations.some(({ op }) => op === "replace")) {
    return "libavutil before 56.60 has no av_buffer_replace";
  }
  if (
    reference.major === 56 &&
    operations.some(({ op, size }) => op === "poolInit" && (size as number) > INT_MAX)
  ) {
    return "libavutil 56 has pools of an int's size at most";
  }
  return null;
}

const referencesTest: TraceTest = {
  kind: "trace",
  id: "buffers/references",
  op: "av_buffer_ref",
  named: NAMED_REFERENCES,
  random: traceGenerator(referenceTraces),
  runs: (scope) => scope === "full" ? 8000 : 600,
  play(backend, operations, out) {
    const player = new TracePlayer(backend, out);
    try {
      for (const operation of operations) player.play(operation);
    } finally {
      player.end();
    }
  },
  skip: skipOld,
};

const poolsTest: TraceTest = {
  ...referencesTest,
  id: "buffers/pools",
  op: "av_buffer_pool_get",
  named: NAMED_POOLS,
  random: traceGenerator(poolTraces),
  runs: (scope) => scope === "full" ? 14000 : 900,
};

/** References that are taken, shared, narrowed, written and given back, and pools that they come from and go back to. */
export const traceTests: readonly TraceTest[] = [referencesTest, poolsTest];
