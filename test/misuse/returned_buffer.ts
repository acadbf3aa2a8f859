/** Keeps the view of a pool's buffer after it went back, and the pool hands the same memory to somebody else. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  using pool = buffers.poolInit(100);
  const [first] = takeBuffer();
  const { address, data } = first;
  data.fill(1);
  giveBack();
  const [second] = takeBuffer();
  if (second.address !== address || data.length !== 0 || data[0] !== undefined) return;
  data[0] = 2;
  if (second.data[0] === 2) return;
  first.data;

  function takeBuffer() {
    // In an array: a tail call would leave no frame.
    return [pool.get()] as const;
  }
  function giveBack(): void {
    first.unref();
  }
});
