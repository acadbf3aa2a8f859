/** Gives a buffer of the fast grade back twice. */
import { createCore } from "@mediamem/core-ts";
import { mistake } from "./mistake.ts";

await mistake(() => {
  using pool = createCore().buffers.poolInit(100);
  const buffer = pool.unsafeGet();
  pool.unsafeRelease(buffer);
  pool.unsafeRelease(buffer);
});
