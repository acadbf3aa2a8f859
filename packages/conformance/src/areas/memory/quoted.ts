import type { VectorTest } from "../../model.ts";
import { olderThan } from "../image/versions.ts";
import { memoryOf } from "./backend_areas.ts";
import { QUOTED_FACTS } from "./quoted_facts.ts";

const quotedTest: VectorTest = {
  kind: "vector",
  id: "memory/quoted",
  op: "libavutil",
  parameters: ["fact"],
  grids: () => [[Object.keys(QUOTED_FACTS)]],
  answer: (backend, [fact], out) => QUOTED_FACTS[fact as string]!.ask(memoryOf(backend), out),
  pinned([fact], out) {
    for (const value of QUOTED_FACTS[fact as string]!.quoted) {
      if (typeof value === "string") out.text(value);
      else out.push(value);
    }
    return true;
  },
  skip(reference, [fact]) {
    const { since } = QUOTED_FACTS[fact as string]!;
    return since !== undefined && olderThan(reference, since, 0) ? "the fact is about newer libraries" : null;
  },
};

/** The numbers that are written down somewhere, checked against both sides. */
export const quotedTests: readonly VectorTest[] = [quotedTest];
