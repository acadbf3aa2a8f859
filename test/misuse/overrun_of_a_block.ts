/** Lets WASM or native code write past the end of a backend's block in a checked heap. */
import { createCore } from "@mediamem/core-ts";
import { Heap } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const storage = new ArrayBuffer(65536);
  const { memory } = createCore({ heap: Heap.create(storage, { checked: true }), tracing: "all" });
  const { address } = takeBlock();
  new Uint8Array(storage, address, 103).fill(0);
  memory.free(address);

  function takeBlock(): { address: number } {
    return { address: memory.malloc(100) };
  }
});
