import type { Defect } from "../../model.ts";
import { memoryDefects } from "./defects/memory_defects.ts";
import { referenceDefects } from "./defects/reference_defects.ts";

/** The mistakes that the cases of this area must find. */
export const framesDefects: readonly Defect[] = [...referenceDefects, ...memoryDefects];
