import { Worker } from "node:worker_threads";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";
import type { Order, Outcome } from "./testdata/pool_worker_test.ts";

type Wait = Order["wait"];

/** Has workers use a pool at the same time, as far as they wait from the moment on when all do; gives what they found. */
async function useTogether(pool: SharedBufferPool, rounds: number, waits: Wait[]): Promise<Outcome[]> {
  const url = new URL("./testdata/pool_worker_test.ts", import.meta.url);
  const workers = waits.map(() => new Worker(url));
  const before = Array.from({ length: pool.slots }, () => pool.take());
  try {
    const outcomes = Promise.all(workers.map((worker, i) =>
      new Promise<Outcome>((resolve, reject) => {
        worker.once("message", resolve);
        worker.once("error", reject);
        const order: Order = { storage: pool.storage, rounds, name: i + 1, wait: waits[i]! };
        worker.postMessage(order);
      })
    ));
    const waiting = waits.filter((wait) => wait !== "never").length;
    while (pool.stats().waits < waiting) await new Promise((resolve) => setTimeout(resolve, 1));
    for (const handle of before) pool.release(handle);
    return await outcomes;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const FINE: Outcome = { clashes: 0, error: null };

describe("SharedBufferPool with several workers", () => {
  it("gives a slot to one at a time", async () => {
    for (const slots of [1, 3]) {
      const pool = SharedBufferPool.create({ size: 4, slots });
      const waits: Wait[] = ["never", "never", "never", "never"];
      assertEquals(await useTogether(pool, 300_000, waits), waits.map(() => FINE));
      assertEquals([pool.stats().free, pool.handles()], [slots, []]);
    }
  });

  it("loses no wake-up", async () => {
    for (const slots of [1, 3]) {
      const pool = SharedBufferPool.create({ size: 4, slots });
      const waits: Wait[] = ["asleep", "asleep", "asleep", "asleep"];
      assertEquals(await useTogether(pool, 10_000, waits), waits.map(() => FINE));
      assertEquals(pool.stats().free, slots);
    }
  });

  it("wakes those who wait in an event loop too", async () => {
    const pool = SharedBufferPool.create({ size: 4, slots: 2 });
    const waits: Wait[] = ["asleep", "event loop", "asleep", "event loop", "event loop"];
    assertEquals(await useTogether(pool, 1000, waits), waits.map(() => FINE));
    assertEquals(pool.stats().free, 2);
  });
});
