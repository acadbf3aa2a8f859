/**
 * Adapters with the names of `@std/assert` and `@std/testing`.
 *
 * @module
 */
export * from "./src/assert.ts";
export * from "./src/bdd.ts";
