import type { Area } from "../../model.ts";
import { contentTests } from "./contents.ts";
import { framesDefects } from "./defects.ts";
import { framesKnown } from "./known.ts";
import { layoutTests } from "./layouts.ts";
import { traceTests } from "./traces.ts";

/** The area `frames`: what `frame.h` keeps of pictures, shares, moves and copies. */
export const framesArea: Area = {
  name: "frames",
  // What others rest on comes first, so that the first difference of a run is the one to look at.
  tests: [...layoutTests, ...contentTests, ...traceTests],
  known: framesKnown,
  defects: framesDefects,
};
