/**
 * The TypeScript backend of mediamem: no runtime API, runs anywhere.
 *
 * @module
 */
export * from "./image.ts";
export { createCore } from "./src/backend.ts";
