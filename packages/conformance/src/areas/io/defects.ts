import type { Defect } from "../../model.ts";
import { readDefects } from "./defects/read_defects.ts";
import { seekDefects } from "./defects/seek_defects.ts";
import { writeDefects } from "./defects/write_defects.ts";

/** The mistakes that the cases of this area must find. */
export const ioDefects: readonly Defect[] = [...readDefects, ...seekDefects, ...writeDefects];
