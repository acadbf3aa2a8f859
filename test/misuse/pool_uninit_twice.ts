/** Gives a pool up twice. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const pool = buffers.poolInit(100);
  pool.uninit();
  pool.uninit();
});
