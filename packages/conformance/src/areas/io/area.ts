import type { Area } from "../../model.ts";
import { ioKnown } from "./known.ts";
import { traceTests } from "./traces.ts";

/** The area `io`: what `avio.h` reads, writes and moves through callbacks and buffers. */
export const ioArea: Area = {
  name: "io",
  tests: [...traceTests],
  known: ioKnown,
  defects: [],
};
