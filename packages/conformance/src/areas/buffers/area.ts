import type { Area } from "../../model.ts";
import { traceTests } from "./traces.ts";

/** The area `buffers`: what `buffer.h` counts, shares, copies and keeps in pools. */
export const buffersArea: Area = {
  name: "buffers",
  // What others rest on comes first, so that the first difference of a run is the one to look at.
  tests: [...traceTests],
  known: [],
  defects: [],
};
