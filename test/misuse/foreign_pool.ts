/** Gives a buffer to a pool that it did not come from. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const mine = buffers.poolInit(100);
  const other = buffers.poolInit(100);
  other.release(mine.get());
});
