/**
 * Reference-counted buffers and their pools in TypeScript.
 *
 * @module
 */
export type { CoreBufferPool } from "./src/buffers/buffer_pool.ts";
export type { CoreBuffers } from "./src/buffers/buffers.ts";
export type { UnsafeBuffer } from "./src/buffers/pool_entry.ts";
export { SharedBufferPool, type SharedPoolStats } from "./src/shared_pool/shared_buffer_pool.ts";
export type { SharedPoolOptions } from "./src/shared_pool/create_pool.ts";
export type { SharedTakeAsyncOptions, SharedTakeOptions } from "./src/shared_pool/take_slot.ts";
export {
  FramePool,
  type FramePoolOptions,
  type FramePoolStats,
  type LayoutStats,
} from "./src/buffers/frame_pool.ts";
export { type DetachedFrame, PooledFrame } from "./src/buffers/pooled_frame.ts";
