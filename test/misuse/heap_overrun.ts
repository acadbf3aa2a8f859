/** Writes past the end of a block through the storage of a checked heap, as native code or WASM would. */
import { Heap } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const storage = new ArrayBuffer(65536);
  const heap = Heap.create(storage, { checked: true });
  const address = heap.malloc(100);
  new Uint8Array(storage, address, 101).fill(0);
  heap.free(address);
});
