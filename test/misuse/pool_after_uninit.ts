/** Asks a pool for a buffer after it was told that nothing more will be asked for. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const pool = buffers.poolInit(100);
  using _out = pool.get();
  pool.uninit();
  pool.get();
});
