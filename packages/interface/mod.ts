/**
 * The types, constants and errors that every backend of mediamem shares. No runtime API, no dependency, no logic.
 *
 * @module
 */
export * from "./src/averror.ts";
export * from "./src/backend.ts";
export * from "./src/buffers.ts";
export * from "./src/errors.ts";
export * from "./src/frames.ts";
export * from "./src/image.ts";
export * from "./src/image_layout.ts";
export * from "./src/io.ts";
export * from "./src/ledger.ts";
export * from "./src/memory.ts";
export * from "./src/pixel_format.ts";
export * from "./src/pixel_format_name.gen.ts";
