import type { Area } from "../../model.ts";
import { buffersDefects } from "./defects.ts";
import { poolTests } from "./pools.ts";
import { quotedTests } from "./quoted.ts";
import { referenceTests } from "./references.ts";
import { traceTests } from "./traces.ts";

/** The area `buffers`: what `buffer.h` counts, shares, copies and keeps in pools. */
export const buffersArea: Area = {
  name: "buffers",
  // What others rest on comes first, so that the first difference of a run is the one to look at.
  tests: [...quotedTests, ...referenceTests, ...poolTests, ...traceTests],
  known: [],
  defects: buffersDefects,
};
