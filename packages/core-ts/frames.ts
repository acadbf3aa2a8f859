/**
 * Pictures with their memory in TypeScript.
 *
 * @module
 */
export type { CoreFrames } from "./src/frames/frames.ts";
