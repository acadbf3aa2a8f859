/** Lets a reference refer to what one that was given back referred to. */
import type { BufferRef } from "@mediamem/interface";
import { mistake } from "./mistake.ts";

await mistake(({ buffers }) => {
  using mine = buffers.alloc(100);
  const [dead] = takeReference();
  giveBack(dead);
  buffers.replace(mine, dead);

  function takeReference(): [BufferRef] {
    return [buffers.alloc(200)];
  }
  function giveBack(ref: BufferRef): void {
    ref.unref();
  }
});
