/**
 * The checks of arguments that every backend makes in the same words before it touches memory.
 *
 * @module
 */
export * from "./src/all_errors.ts";
export * from "./src/shortage.ts";
export * from "./src/frame.ts";
export * from "./src/image_line.ts";
export * from "./src/io_answers.ts";
export * from "./src/io_arguments.ts";
export * from "./src/numbers.ts";
export * from "./src/planes.ts";
export * from "./src/plural.ts";
export * from "./src/rules.ts";
export * from "./src/typed_array.ts";
export * from "./src/values.ts";
export * from "./src/wait.ts";
