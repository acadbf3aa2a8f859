import type { TraceTest } from "../../model.ts";
import { traceGenerator } from "../../trace_generator.ts";
import { NAMED } from "./named_traces.ts";
import { randomTraces } from "./random_traces.ts";
import { TracePlayer } from "./trace_player.ts";

const handlesTest: TraceTest = {
  kind: "trace",
  id: "frames/handles",
  op: "av_frame_alloc",
  named: NAMED,
  random: traceGenerator(randomTraces),
  runs: (scope) => scope === "full" ? 20000 : 2000,
  play(backend, operations, out) {
    const player = new TracePlayer(backend, out);
    try {
      for (const operation of operations) player.play(operation);
    } finally {
      player.end();
    }
  },
};

/** Frames that are set up, shared, moved, painted, copied and freed in any order. */
export const traceTests: readonly TraceTest[] = [handlesTest];
