/** Frees the memory of a buffer as if it were a block: the wrong one of the pair. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers, memory }) => {
  using reference = buffers.alloc(4096);
  memory.free(reference.address);
});
