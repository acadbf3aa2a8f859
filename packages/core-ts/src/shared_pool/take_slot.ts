import { checkOptions, checkSignal, checkTimeout } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import { TAKEN, WAITED, WAITS_AT, WAKE_AT } from "./pool_format.ts";
import type { PoolMemory } from "./pool_memory.ts";
import { maySleep, sleep, sleepAsync } from "./pool_wait.ts";

/** How long to wait for a slot on a thread that may block. */
export interface SharedTakeOptions {
  /** Milliseconds until `EAGAIN`; undefined: no end. */
  readonly timeout?: number;
}

/** How long to wait for a slot without blocking. */
export interface SharedTakeAsyncOptions extends SharedTakeOptions {
  /** Ends the wait with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Takes a free slot and gives its handle; null where one look at each found none. */
export function tryTake(memory: PoolMemory): number | null {
  const { words, slots } = memory;
  let index = memory.cursor;
  for (let looks = slots; looks > 0; looks--) {
    const at = memory.stateAt(index);
    const state = Atomics.load(words, at);
    if ((state & TAKEN) === 0 && Atomics.compareExchange(words, at, state, state | TAKEN) === state) {
      memory.cursor = index;
      return memory.handleOf(index, state);
    }
    index = index + 1 === slots ? 0 : index + 1;
  }
  return null;
}

/** Takes a free slot and gives its handle; null where there was none, and then the return of each wakes who sleeps. */
function takeOrFlag(memory: PoolMemory): number | null {
  const { words, slots } = memory;
  for (let index = 0; index < slots; index++) {
    const at = memory.stateAt(index);
    let state = Atomics.load(words, at);
    while ((state & WAITED) === 0) {
      const next = state | ((state & TAKEN) === 0 ? TAKEN : WAITED);
      const found = Atomics.compareExchange(words, at, state, next);
      if (found === state) {
        if ((next & WAITED) !== 0) break;
        memory.cursor = index;
        return memory.handleOf(index, state);
      }
      state = found;
    }
  }
  return null;
}

/** Takes a slot as soon as one is free; the thread sleeps meanwhile. */
export function takeBlocking(memory: PoolMemory, options: SharedTakeOptions): number {
  const op = "SharedBufferPool.take";
  checkOptions(op, options, "{ timeout }");
  const { timeout = Infinity } = options;
  checkTimeout(op, timeout);
  // Also where a slot is free: else a program would find out only on a busy day.
  if (!maySleep(memory.words)) {
    throw new MediaError("ENOSYS", "Cannot take a slot: this thread must not block, wanted takeAsync", {
      op,
      averror: AVERROR.ENOSYS,
    });
  }
  let handle = tryTake(memory);
  if (handle !== null) return handle;
  const end = beginWait(memory, timeout);
  for (;;) {
    const seen = Atomics.load(memory.words, WAKE_AT);
    handle = takeOrFlag(memory);
    if (handle !== null) return handle;
    const left = end - performance.now();
    if (left <= 0) throw timeIsOver(memory, op, timeout);
    sleep(memory.words, seen, left);
  }
}

/** Takes a slot as soon as one is free; other work goes on meanwhile. */
export async function takeWaiting(
  memory: PoolMemory,
  options: SharedTakeAsyncOptions,
): Promise<number> {
  const op = "SharedBufferPool.takeAsync";
  checkOptions(op, options, "{ timeout, signal }");
  const { timeout = Infinity, signal } = options;
  checkTimeout(op, timeout);
  checkSignal(op, signal);
  signal?.throwIfAborted();
  let handle = tryTake(memory);
  if (handle !== null) return handle;
  const end = beginWait(memory, timeout);
  for (;;) {
    const seen = Atomics.load(memory.words, WAKE_AT);
    handle = takeOrFlag(memory);
    if (handle !== null) return handle;
    const left = end - performance.now();
    if (left <= 0) throw timeIsOver(memory, op, timeout);
    await sleepAsync(memory.words, seen, left, signal);
    signal?.throwIfAborted();
  }
}

/** Counts a wait; gives when it is over. */
function beginWait(memory: PoolMemory, timeout: number): number {
  Atomics.add(memory.words, WAITS_AT, 1);
  return performance.now() + timeout;
}

function timeIsOver({ slots }: PoolMemory, op: string, timeout: number): MediaError {
  return new MediaError(
    "EAGAIN",
    `Cannot take a slot: none of ${slots} is free after ${timeout} ms, wanted one returned`,
    { op, averror: AVERROR.EAGAIN },
  );
}
