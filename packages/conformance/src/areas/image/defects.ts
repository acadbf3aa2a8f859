import type { Defect } from "../../model.ts";
import { contentDefects } from "./defects/content_defects.ts";
import { layoutDefects } from "./defects/layout_defects.ts";
import { lookupDefects } from "./defects/lookup_defects.ts";
import { memoryDefects } from "./defects/memory_defects.ts";
import { sizeDefects } from "./defects/size_defects.ts";

/** The mistakes that the cases of this area must find. */
export const imageDefects: readonly Defect[] = [
  ...lookupDefects,
  ...sizeDefects,
  ...memoryDefects,
  ...contentDefects,
  ...layoutDefects,
];
