/**
 * libavutil as a backend of mediamem: its allocator, its reference-counted buffers and pools, pictures and their layout, by the library that the
 * machine has.
 *
 * Runs on Deno (`--allow-ffi --allow-read --allow-env`) and Bun, with libavutil 56 to 60 (FFmpeg 4.x to 8.x) in 64-bit processes.
 *
 * @module
 */
export type { AvutilBufferPool } from "./src/buffers/buffer_pool.ts";
export type { AvutilBufferRef } from "./src/buffers/buffer_ref.ts";
export type { AvutilBuffers, BorrowedBuffer } from "./src/buffers/buffers.ts";
export type { AvutilFrames } from "./src/frames/frames.ts";
export { type AvutilBackend, type AvutilOptions, loadAvutil } from "./src/load_avutil.ts";
