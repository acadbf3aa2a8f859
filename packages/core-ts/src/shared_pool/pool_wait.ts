import { WAKE_AT } from "./pool_format.ts";

/**
 * How those who found no free slot sleep, and how a return wakes them.
 *
 * They share one word: odd while somebody may be waiting, one more when those are woken. Who waits makes it odd, looks for a free slot *after*
 * that, and sleeps only while the word is what it was. Who returns frees the slot *before* it looks at the word. All of these are atomic and so
 * in one order for everybody: either the look finds the slot, or the return finds the word odd; then the word changes, and a sleep
 * that has begun ends while one that has not does not begin. So no wake-up is lost.
 *
 * A return wakes all who wait, though one slot serves one of them: a single one could be an aborted wait, a worker about to be stopped, or a
 * thread whose event loop is busy, and the others would sleep beside a free slot. For the same reason nothing counts
 * who waits: a worker that dies asleep leaves an odd word, which costs one wake-up of nobody.
 */

/** How long a sleep without an event loop's knowledge lasts at most, milliseconds; then it begins again. */
const SLICE = 1000;
/** How often a runtime without `Atomics.waitAsync` looks, milliseconds. */
const POLL = 4;

/** Says that somebody is about to wait; gives what the word is while nothing was returned since. */
export function announceWait(words: Int32Array): number {
  return Atomics.or(words, WAKE_AT, 1) | 1;
}

/** Wakes all who wait, after a slot was freed. */
export function wakeWaiting(words: Int32Array): void {
  const seen = Atomics.load(words, WAKE_AT);
  // Where the exchange fails, somebody else woke them meanwhile, after the slot was freed.
  if ((seen & 1) !== 0 && Atomics.compareExchange(words, WAKE_AT, seen, (seen + 1) | 0) === seen) {
    Atomics.notify(words, WAKE_AT);
  }
}

/** Whether this thread may sleep: not the main thread of a browser. */
export function maySleep(words: Int32Array): boolean {
  try {
    // Never asleep: the word is not what it is compared with, or the time is over at once.
    Atomics.wait(words, WAKE_AT, -2, 0);
    return true;
  } catch {
    return false;
  }
}

/** Sleeps until the word is not `seen` any more, at most so many milliseconds. */
export function sleep(words: Int32Array, seen: number, milliseconds: number): void {
  Atomics.wait(words, WAKE_AT, seen, milliseconds);
}

/** Resolves when the word is not `seen` any more, after so many milliseconds or when the signal aborts, whichever is first. May resolve earlier. */
export function sleepAsync(
  words: Int32Array,
  seen: number,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const canWait = typeof Atomics.waitAsync === "function";
  const slice = Math.min(milliseconds, canWait ? SLICE : POLL);
  const change = canWait ? Atomics.waitAsync(words, WAKE_AT, seen, slice) : null;
  if (change?.async === false) return Promise.resolve();
  return new Promise((resolve) => {
    // Deno ends a program that only waits for `waitAsync`; a timer keeps it running.
    const timer = setTimeout(end, slice);
    signal?.addEventListener("abort", end);
    change?.value.then(end);
    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    }
  });
}
