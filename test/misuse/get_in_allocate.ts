/** Asks a pool for a buffer while the pool asks for one. */
import type { BufferPool } from "@mediamem/interface";
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  using pool: BufferPool = buffers.poolInit(100, { allocate: () => pool.get() });
  pool.get();
});
