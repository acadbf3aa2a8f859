/**
 * libavformat as a backend of mediamem: buffered reading and writing through callbacks, by the library that the machine has.
 *
 * Runs on Deno (`--allow-ffi --allow-read --allow-env`) and Bun, with libavformat 58 to 62 (FFmpeg 4.x to 8.x) in 64-bit processes.
 *
 * @module
 */
export { type AvformatBackend, loadAvformat } from "./src/load_avformat.ts";
