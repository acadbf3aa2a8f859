import type { Defect } from "../../model.ts";
import { blockDefects } from "./defects/block_defects.ts";
import { reuseDefects } from "./defects/reuse_defects.ts";

/** The mistakes that the cases of this area must find. */
export const memoryDefects: readonly Defect[] = [...blockDefects, ...reuseDefects];
