import type { Defect } from "../../model.ts";
import { poolDefects } from "./defects/pool_defects.ts";
import { referenceDefects } from "./defects/reference_defects.ts";

/** The mistakes that the cases of this area must find. */
export const buffersDefects: readonly Defect[] = [...referenceDefects, ...poolDefects];
