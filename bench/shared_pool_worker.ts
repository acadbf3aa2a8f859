/** One of the workers of `shared_pool.ts`: takes and returns slots while it is told to, and counts. */
import { parentPort } from "node:worker_threads";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";

/** What a worker is given. */
export interface Order {
  /** Of the pool. */
  readonly storage: SharedArrayBuffer;
  /** `RUN_AT`: 1 while it is to work, 2 for the end. `COUNT_AT`: how many rounds it made, in its own line of the cache. */
  readonly words: Int32Array;
}

/** Whether the worker runs. */
export const RUN_AT = 0;
/** How many rounds of `PAIRS` it made. */
export const COUNT_AT = 32;
/** Pairs in a round. */
export const PAIRS = 1000;

function round(pool: SharedBufferPool): void {
  for (let i = 0; i < PAIRS; i++) pool.release(pool.tryTake()!);
}

parentPort?.once("message", ({ storage, words }: Order) => {
  const pool = SharedBufferPool.attach(storage);
  for (let i = 0; i < 300; i++) round(pool);
  Atomics.store(words, RUN_AT, 0);
  Atomics.notify(words, RUN_AT);
  for (;;) {
    const run = Atomics.load(words, RUN_AT);
    if (run === 2) break;
    if (run === 0) Atomics.wait(words, RUN_AT, 0);
    else {
      round(pool);
      Atomics.add(words, COUNT_AT, 1);
    }
  }
});
