/** Gives a reference back in the very callback that its last unref calls. */
import type { BufferRef } from "@mediamem/interface";
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  const ref: BufferRef = buffers.create(new Uint8Array(100), { free: () => ref.unref() });
  ref.unref();
});
