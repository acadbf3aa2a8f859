import type { Operation, TraceTest } from "../../model.ts";
import { traceGenerator } from "../../trace_generator.ts";
import { olderThan } from "../image/versions.ts";
import { NAMED } from "./named_traces.ts";
import { NAMED_FAST } from "./named_fast_traces.ts";
import { randomTraces } from "./random_traces.ts";
import { TracePlayer } from "./trace_player.ts";

const blocksTest: TraceTest = {
  kind: "trace",
  id: "memory/blocks",
  op: "av_malloc",
  named: NAMED,
  random: traceGenerator(randomTraces(["fastRealloc"])),
  runs: (scope) => scope === "full" ? 14000 : 900,
  play(backend, operations, out) {
    const player = new TracePlayer(backend, out);
    try {
      for (const operation of operations) player.play(operation);
    } finally {
      player.end();
    }
  },
};

const fastTest: TraceTest = {
  ...blocksTest,
  id: "memory/blocks.fast",
  op: "av_fast_malloc",
  named: NAMED_FAST,
  random: traceGenerator(randomTraces(["fastMalloc", "fastMallocz", "fastRealloc"])),
  runs: (scope) => scope === "full" ? 8000 : 600,
  skip(reference, operations) {
    return olderThan(reference, 57, 0) && operations.some(lowersCap) && operations.some(isFastMalloc)
      ? "libavutil 56 asks av_fast_malloc for more than the cap, and fails"
      : null;
  },
};

function lowersCap({ op, max }: Operation): boolean {
  return op === "maxAlloc" && max !== 2147483647;
}

function isFastMalloc({ op }: Operation): boolean {
  return op === "fastMalloc" || op === "fastMallocz";
}

/** Blocks that are taken, made larger and smaller, written, read and freed in any order. */
export const traceTests: readonly TraceTest[] = [blocksTest, fastTest];
