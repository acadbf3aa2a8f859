/**
 * Pictures of layouts, heaps and pools as SVG: the same for the command line, the reports and web pages. No runtime API.
 *
 * @module
 */
export * from "./src/chart_svg.ts";
export * from "./src/heap_map.ts";
export * from "./src/heap_svg.ts";
export * from "./src/layout_picture.ts";
export * from "./src/layout_svg.ts";
export type { PoolSlot, PoolSpan } from "./src/pool_slots.ts";
export * from "./src/pool_svg.ts";
export { ruleSetInWords } from "./src/words.ts";
