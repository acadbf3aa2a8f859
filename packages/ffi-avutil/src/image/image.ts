import type { Image } from "@mediamem/interface";
import type { AvutilLibrary } from "../library.ts";
import { allocationFunctions } from "./allocation.ts";
import { copyFunctions } from "./copies.ts";
import { descriptorFunctions } from "./descriptors.ts";
import { fillFunctions } from "./fills.ts";
import type { FormatTable } from "./format_table.ts";
import { layoutFunctions } from "./layouts.ts";
import { lineFunctions } from "./lines.ts";
import { lossFunctions } from "./losses.ts";
import { planePointerFunctions } from "./plane_pointers.ts";
import { sizeFunctions } from "./sizes.ts";

/** Makes the area `image` out of a library. */
export function makeImage(library: AvutilLibrary, formats: FormatTable): Image {
  return Object.freeze({
    ...descriptorFunctions(library, formats),
    ...lossFunctions(library, formats),
    ...sizeFunctions(library, formats),
    ...planePointerFunctions(library, formats),
    ...allocationFunctions(library, formats),
    ...copyFunctions(library, formats),
    ...fillFunctions(library, formats),
    ...lineFunctions(library, formats),
    ...layoutFunctions(library, formats),
  });
}
