/**
 * The TypeScript backend of mediamem: no runtime API, runs anywhere.
 *
 * @module
 */
export * from "./buffers.ts";
export * from "./image.ts";
export { type CoreBackend, type CoreOptions, createCore } from "./src/backend.ts";
