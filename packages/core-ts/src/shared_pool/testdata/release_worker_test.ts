/** The other threads of `release_test.ts`: return handles that another returns at the same time, and count those that were theirs. */
import { parentPort } from "node:worker_threads";
import { MediaError } from "@mediamem/interface";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";

/** What a worker is told to do. */
export interface Order {
  readonly storage: SharedArrayBuffer;
  readonly handles: readonly number[];
  /** How often a worker of two came to a handle. */
  readonly gate: Int32Array;
}

parentPort?.on("message", ({ storage, handles, gate }: Order) => {
  const pool = SharedBufferPool.attach(storage);
  let returned = 0;
  for (const [i, handle] of handles.entries()) {
    // Both at each handle at the same time.
    Atomics.add(gate, 0, 1);
    while (Atomics.load(gate, 0) < 2 * (i + 1));
    try {
      pool.release(handle);
      returned++;
    } catch (error) {
      if (!(error instanceof MediaError) || error.code !== "DOUBLE_FREE") throw error;
    }
  }
  parentPort!.postMessage(returned);
});
