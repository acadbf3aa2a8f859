/** How two workers get on with one shared pool. */
import { Worker } from "node:worker_threads";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";
import { type Measurement, QUICK } from "./measure.ts";
import { COUNT_AT, type Order, PAIRS, RUN_AT } from "./shared_pool_worker.ts";

const WINDOWS = QUICK ? 1 : 15;
/** How long both work until it is counted what they did, milliseconds. */
const WINDOW = QUICK ? 5 : 50;
const SLOTS = 16;

interface Member {
  readonly worker: Worker;
  readonly words: Int32Array;
}

/** Starts a worker on a pool; it sleeps once it is warm. */
function start(pool: SharedBufferPool): Member {
  const words = new Int32Array(new SharedArrayBuffer(256));
  words[RUN_AT] = -1;
  const worker = new Worker(new URL("./shared_pool_worker.ts", import.meta.url));
  worker.postMessage({ storage: pool.storage, words } satisfies Order);
  return { worker, words };
}

function tell(members: readonly Member[], run: number): void {
  for (const { words } of members) {
    Atomics.store(words, RUN_AT, run);
    Atomics.notify(words, RUN_AT);
  }
}

function rounds(members: readonly Member[]): number {
  return members.reduce((sum, { words }) => sum + Atomics.load(words, COUNT_AT), 0);
}

/** Has all work at the same time for a while; gives the nanoseconds that passed for each pair that any of them made. */
async function measureWindow(members: readonly Member[]): Promise<number> {
  tell(members, 1);
  const before = rounds(members);
  const begin = performance.now();
  await new Promise((resolve) => setTimeout(resolve, WINDOW));
  const pairs = (rounds(members) - before) * PAIRS;
  const passed = performance.now() - begin;
  tell(members, 0);
  return passed * 1e6 / pairs;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/**
 * Measures one worker, two on one pool, and two that have a pool each, which is as good as it can get on this machine.
 *
 * The three take turns, so that whatever else the machine does falls on all of them.
 */
export async function measureSharedPool(): Promise<Measurement[]> {
  const pools = Array.from({ length: 2 }, () => SharedBufferPool.create({ size: 64, slots: SLOTS }));
  const [first, second, apart] = [start(pools[0]!), start(pools[0]!), start(pools[1]!)];
  const all = [first, second, apart];
  for (const { words } of all) {
    while (Atomics.load(words, RUN_AT) === -1) Atomics.wait(words, RUN_AT, -1, 1000);
  }
  const sets = [
    { by: "one worker", members: [first], times: [] as number[] },
    { by: "two workers", members: [first, second], times: [] as number[] },
    { by: "two workers, a pool each", members: [first, apart], times: [] as number[] },
  ];
  for (let i = 0; i < WINDOWS; i++) {
    for (const { members, times } of sets) times.push(await measureWindow(members));
  }
  tell(all, 2);
  await Promise.all(all.map(({ worker }) => worker.terminate()));
  return sets.map(({ by, times }) => ({
    name: `shared take and release, ${by}`,
    by: "core-ts",
    nanoseconds: median(times),
  }));
}
