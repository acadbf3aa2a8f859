import type { Area } from "../../model.ts";
import { contentTests } from "./contents.ts";
import { memoryDefects } from "./defects.ts";
import { growthTests } from "./growth.ts";
import { memoryKnown } from "./known.ts";
import { quotedTests } from "./quoted.ts";
import { sizeTests } from "./sizes.ts";
import { traceTests } from "./traces.ts";

/** The area `memory`: what `mem.h` hands out, makes larger and smaller, copies and frees. */
export const memoryArea: Area = {
  name: "memory",
  // What others rest on comes first, so that the first difference of a run is the one to look at.
  tests: [...quotedTests, ...sizeTests, ...contentTests, ...growthTests, ...traceTests],
  known: memoryKnown,
  defects: memoryDefects,
};
