/**
 * Reference-counted buffers and their pools in TypeScript.
 *
 * @module
 */
export type { CoreBufferPool } from "./src/buffers/buffer_pool.ts";
export type { CoreBuffers } from "./src/buffers/buffers.ts";
export type { UnsafeBuffer } from "./src/buffers/pool_entry.ts";
