/** Holds every buffer of a pool and asks for one more. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  using pool = buffers.poolInit(100, { max: 2 });
  using _first = pool.tryGet("the decoder");
  const [_second] = takeBuffer();
  pool.get();

  function takeBuffer() {
    // In an array: a tail call would leave no frame.
    return [pool.get()] as const;
  }
});
