/** Wraps memory that was taken away before. */
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const data = new Uint8Array(100);
  data.buffer.transfer();
  buffers.create(data);
});
