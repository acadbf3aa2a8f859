import type { Defect } from "../../model.ts";

export const framesDefects: readonly Defect[] = [];
