/** The other thread of `attach_test.ts`: takes a heap over, frees a block, makes one, hands the heap back. */
import { parentPort } from "node:worker_threads";
import { Heap } from "@mediamem/core-ts/memory";

interface Order {
  readonly storage: SharedArrayBuffer;
  readonly free: number;
  readonly size: number;
}

parentPort?.once("message", ({ storage, free, size }: Order) => {
  const heap = Heap.attach(storage);
  heap.free(free);
  const address = heap.malloc(size);
  new Uint8Array(storage, address, size).fill(77);
  parentPort!.postMessage(address);
});
