import type { Area } from "../../model.ts";
import { argumentTests } from "./arguments.ts";
import { ioDefects } from "./defects.ts";
import { ioKnown } from "./known.ts";
import { numberTests } from "./numbers.ts";
import { textTests } from "./texts.ts";
import { traceTests } from "./traces.ts";

/** The area `io`: what `avio.h` reads, writes and moves through callbacks and buffers. */
export const ioArea: Area = {
  name: "io",
  library: "avformat",
  // What others rest on comes first, so that the first difference of a run is the one to look at.
  tests: [...argumentTests, ...numberTests, ...textTests, ...traceTests],
  known: ioKnown,
  defects: ioDefects,
};
