/** Writes into a freed block through the storage of a checked heap; found when the block leaves the quarantine. */
import { Heap } from "@mediamem/core-ts/memory";
import { mistake } from "./mistake.ts";

await mistake(() => {
  const storage = new ArrayBuffer(65536);
  const heap = Heap.create(storage, { checked: true, quarantineBytes: 1000 });
  const address = heap.malloc(100);
  heap.free(address);
  new Uint8Array(storage)[address + 7] = 0;
  for (let i = 0; i < 10; i++) heap.free(heap.malloc(100));
});
