import type { TraceTest } from "../../model.ts";
import { traceGenerator } from "../../trace_generator.ts";
import { NAMED } from "./named_traces.ts";
import { randomTraces } from "./random_traces.ts";
import { TracePlayer } from "./trace_player.ts";

const blocksTest: TraceTest = {
  kind: "trace",
  id: "memory/blocks",
  op: "av_malloc",
  named: NAMED,
  random: traceGenerator(randomTraces),
  runs: (scope) => scope === "full" ? 20000 : 1500,
  play(backend, operations, out) {
    const player = new TracePlayer(backend, out);
    try {
      for (const operation of operations) player.play(operation);
    } finally {
      player.end();
    }
  },
};

/** Blocks that are taken, made larger and smaller, written, read and freed in any order. */
export const traceTests: readonly TraceTest[] = [blocksTest];
