/** Frees through a backend what was taken from its heap directly. */
import { createCore } from "@mediamem/core-ts";
import { Heap } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const heap = Heap.create(new ArrayBuffer(65536));
  const { memory } = createCore({ heap, tracing: "all" });
  memory.free(heap.malloc(100));
});
