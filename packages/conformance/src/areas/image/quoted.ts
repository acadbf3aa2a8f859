import type { VectorTest } from "../../model.ts";
import { lacksFormat } from "./formats.ts";
import { imageOf, textAt } from "./point.ts";
import { QUOTED_FACTS } from "./quoted_facts.ts";
import { ofOtherMajor } from "./versions.ts";

const quotedTest: VectorTest = {
  kind: "vector",
  id: "image/quoted",
  op: "libavutil",
  parameters: ["fact"],
  grids: () => [[Object.keys(QUOTED_FACTS)]],
  answer: (backend, point, out) => QUOTED_FACTS[textAt(point, 0)]!.ask(imageOf(backend), out),
  pinned(point, out) {
    for (const value of QUOTED_FACTS[textAt(point, 0)]!.quoted) {
      if (typeof value === "string") out.text(value);
      else out.push(value);
    }
    return true;
  },
  skip(reference, point) {
    const { major, format } = QUOTED_FACTS[textAt(point, 0)]!;
    if (major !== undefined && ofOtherMajor(reference, major)) return "the fact is about another major";
    return format === undefined ? null : lacksFormat(reference, format);
  },
};

/** The numbers that are written down somewhere, checked against both sides. */
export const quotedTests: readonly VectorTest[] = [quotedTest];
