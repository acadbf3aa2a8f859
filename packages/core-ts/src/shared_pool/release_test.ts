import { Worker } from "node:worker_threads";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";
import type { Order } from "./testdata/release_worker_test.ts";

const SLOTS = 4000;

describe("SharedBufferPool.release() of several workers", () => {
  it("returns each handle once", async () => {
    const pool = SharedBufferPool.create({ size: 1, slots: SLOTS });
    const handles = Array.from({ length: SLOTS }, () => pool.take());
    const gate = new Int32Array(new SharedArrayBuffer(4));
    const url = new URL("./testdata/release_worker_test.ts", import.meta.url);
    const workers = Array.from({ length: 2 }, () => new Worker(url));
    try {
      const counts = await Promise.all(workers.map((worker) =>
        new Promise<number>((resolve, reject) => {
          worker.once("message", resolve);
          worker.once("error", reject);
          worker.postMessage({ storage: pool.storage, handles, gate } satisfies Order);
        })
      ));
      assertEquals(counts.reduce((sum, count) => sum + count), SLOTS);
      assertEquals(pool.stats().free, SLOTS);
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  });
});
