/** The pair of calls that a pool is for, as the benches and the count of garbage make it. */
import { createCore } from "@mediamem/core-ts";

/** A 1080p picture of yuv420p as `av_frame_get_buffer` lays it out. */
export const FRAME_BYTES = 3_133_568;

/** Gives `get` and `release` on the fast grade of a pool of frames. */
export function unsafePair(): () => void {
  const pool = createCore().buffers.poolInit(FRAME_BYTES);
  return () => pool.unsafeRelease(pool.unsafeGet());
}

/** Gives the same on the checked grade. */
export function checkedPair(): () => void {
  const pool = createCore().buffers.poolInit(FRAME_BYTES);
  return () => pool.get().unref();
}
