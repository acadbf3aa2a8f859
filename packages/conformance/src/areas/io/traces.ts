import type { Operation, Reference, TraceTest } from "../../model.ts";
import { traceGenerator } from "../../trace_generator.ts";
import { NAMED_DYN_BUFS } from "./named_dyn_bufs.ts";
import { NAMED_READ_FAILURES, NAMED_WRITE_FAILURES } from "./named_failures.ts";
import { NAMED_READS } from "./named_reads.ts";
import { NAMED_SEEKS } from "./named_seeks.ts";
import { NAMED_WRITES } from "./named_writes.ts";
import { dynBufTraces, readerTraces, writerTraces } from "./random_traces.ts";
import { TracePlayer } from "./trace_player.ts";
import { whyNot } from "./versions.ts";

function traceTest(
  { id, op, named, random, full }: Pick<TraceTest, "id" | "op" | "named" | "random"> & {
    /** How many random traces the full scope has; the default scope has a twentieth. */
    readonly full: number;
  },
): TraceTest {
  return {
    kind: "trace",
    id,
    op,
    named,
    random,
    runs: (scope) => scope === "full" ? full : full / 20,
    play(backend, operations, out) {
      const player = new TracePlayer(backend, out);
      try {
        for (const operation of operations) player.play(operation);
      } finally {
        player.end();
      }
    },
    skip: ({ major }: Reference, operations: readonly Operation[]) => whyNot(major, operations),
  };
}

/** Contexts that read, write and fail, with sources and sinks that do what a trace says. */
export const traceTests: readonly TraceTest[] = [
  traceTest({
    id: "io/reads",
    op: "avio_read",
    named: { ...NAMED_READS, ...NAMED_SEEKS, ...NAMED_READ_FAILURES },
    random: traceGenerator(readerTraces),
    full: 20000,
  }),
  traceTest({
    id: "io/writes",
    op: "avio_write",
    named: { ...NAMED_WRITES, ...NAMED_WRITE_FAILURES },
    random: traceGenerator(writerTraces),
    full: 20000,
  }),
  traceTest({
    id: "io/dynBufs",
    op: "avio_open_dyn_buf",
    named: NAMED_DYN_BUFS,
    random: traceGenerator(dynBufTraces),
    full: 10000,
  }),
];
