/** Uses the handle of a shared slot that went back and was taken by somebody else: ABA. */
import { SharedBufferPool } from "@mediamem/core-ts/buffers";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const pool = SharedBufferPool.create({ size: 100, slots: 1 });
  const mine = pool.tryTake()!;
  pool.release(mine);
  const theirs = pool.tryTake()!;
  if (mine === theirs) return;
  pool.read(mine);
});
