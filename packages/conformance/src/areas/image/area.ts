import type { Area } from "../../model.ts";
import { allocationTests } from "./allocation.ts";
import { checkTests } from "./checks.ts";
import { copyTests } from "./copies.ts";
import { imageDefects } from "./defects.ts";
import { descriptorTests } from "./descriptors.ts";
import { fillTests } from "./fills.ts";
import { imageKnown } from "./known.ts";
import { layoutTests } from "./layouts.ts";
import { lineTests } from "./lines.ts";
import { linesizeTests } from "./linesizes.ts";
import { lossTests } from "./losses.ts";
import { overview } from "./overview.ts";
import { planeTests } from "./planes.ts";
import { quotedTests } from "./quoted.ts";
import { sizeTests } from "./sizes.ts";
import { traceTests } from "./traces.ts";

/** The area `image`: what `imgutils.h` and `pixdesc.h` compute, copy, paint, read and write. */
export const imageArea: Area = {
  name: "image",
  // What others rest on comes first, so that the first difference of a run is the one to look at.
  tests: [
    ...quotedTests,
    ...descriptorTests,
    ...linesizeTests,
    ...checkTests,
    ...planeTests,
    ...sizeTests,
    ...layoutTests,
    ...allocationTests,
    ...lineTests,
    ...copyTests,
    ...fillTests,
    ...traceTests,
    ...lossTests,
  ],
  known: imageKnown,
  defects: imageDefects,
  overview,
};
