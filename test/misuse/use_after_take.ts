/** Uses a reference that somebody else has taken over. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const reference = buffers.alloc(100);
  using _owner = reference.take();
  reference.ref();
});
