/** Gives a frame of a pool back twice, after the pool went on to another size. */
import { createCore, FramePool, type PooledFrame } from "@mediamem/core-ts";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const pool = new FramePool(createCore({ tracing: "all" }).buffers);
  const [frame] = takeFrame();
  pool.get("yuv420p", 49, 25).release();
  giveBack(frame);
  frame.release();

  function takeFrame(): [PooledFrame] {
    return [pool.get("yuv420p", 99, 51)];
  }
  function giveBack(frame: PooledFrame): void {
    frame.release();
  }
});
