import type { VectorTest } from "../../model.ts";
import { olderThan } from "../image/versions.ts";
import { memoryOf } from "../memory/backend_areas.ts";
import { buffersOf } from "./buffers_of.ts";
import { QUOTED_FACTS } from "./quoted_facts.ts";

const quotedTest: VectorTest = {
  kind: "vector",
  id: "buffers/quoted",
  op: "libavutil",
  parameters: ["fact"],
  grids: () => [[Object.keys(QUOTED_FACTS)]],
  answer: (backend, [fact], out) =>
    QUOTED_FACTS[fact as string]!.ask(buffersOf(backend), out, memoryOf(backend)),
  pinned([fact], out) {
    for (const value of QUOTED_FACTS[fact as string]!.quoted) {
      if (typeof value === "string") out.text(value);
      else out.push(value);
    }
    return true;
  },
  skip: (reference) =>
    olderThan(reference, 56, 60)
      ? "libavutil before 56.60 has no av_buffer_replace and av_buffer_pool_buffer_get_opaque"
      : null,
};

/** What is written down somewhere, checked against both sides. */
export const quotedTests: readonly VectorTest[] = [quotedTest];
