/**
 * Adapters with the names of `@std/assert` and `@std/testing`, and what tests need of the machine.
 *
 * @module
 */
export * from "./src/assert.ts";
export * from "./src/bdd.ts";
export * from "./src/c_compiler.ts";
export * from "./src/collect_garbage.ts";
export * from "./src/it_unless.ts";
export * from "./src/until_collected.ts";
