/** Narrows a reference to bytes that it does not have. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  using ref = buffers.alloc(100);
  ref.narrow(50, 51);
});
