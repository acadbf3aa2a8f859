/** The other threads of `stress_test.ts`: each takes a slot, makes sure that nobody else has it, and returns it, many times. */
import { parentPort } from "node:worker_threads";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";

/** What a worker is told to do. */
export interface Order {
  readonly storage: SharedArrayBuffer;
  readonly rounds: number;
  /** Also the number that it writes into its slots; not 0. */
  readonly name: number;
  /** How it waits: asleep, in its event loop, or not at all. */
  readonly wait: "asleep" | "event loop" | "never";
}

/** How often a worker found a slot that somebody else had, and what stopped it. */
export interface Outcome {
  readonly clashes: number;
  readonly error: string | null;
}

/** A word that nobody changes. */
const nothing = new Int32Array(new SharedArrayBuffer(4));

parentPort?.on("message", async ({ storage, rounds, name, wait }: Order) => {
  const pool = SharedBufferPool.attach(storage);
  let clashes = 0;
  let error = null;
  try {
    for (let round = 0; round < rounds; round++) {
      // So long that it is over only where a wake-up was lost.
      let handle: number | null;
      if (wait === "asleep") handle = pool.take({ timeout: 60_000 });
      else if (wait === "event loop") handle = await pool.takeAsync({ timeout: 60_000 });
      else handle = pool.tryTake();
      if (handle === null) continue;
      const { buffer, byteOffset } = pool.unsafeView(handle);
      const owner = new Int32Array(buffer, byteOffset, 1);
      if (Atomics.exchange(owner, 0, name) !== 0) clashes++;
      // Now and then for so long that the others run out of free slots.
      if (round % 16 === 0 && wait === "asleep") Atomics.wait(nothing, 0, 0, 0.05);
      if (round % 16 === 0 && wait === "event loop") await new Promise((resolve) => setTimeout(resolve));
      if (Atomics.exchange(owner, 0, 0) !== name) clashes++;
      pool.release(handle);
    }
  } catch (cause) {
    error = String(cause);
  }
  parentPort!.postMessage({ clashes, error } satisfies Outcome);
});
