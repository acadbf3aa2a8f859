import { WAKE_AT } from "./pool_format.ts";

/**
 * How those who found no free slot sleep, and how a return wakes them.
 *
 * Who waits reads the word that it will sleep on, then sets the flag `WAITED` in the state of every slot that it finds taken, then sleeps while the
 * word is what it was. Who returns a slot whose flag is set changes the word and wakes. A slot that becomes free after the wait began
 * was returned before its flag was set, and then it was found free, or it has a new owner whose return sees the flag; or it was returned after that,
 * and then the word changes: a sleep that has begun ends, one that has not does not begin. So no wake-up is lost. And a return that
 * nobody waits for touches nothing but the slot's own state: a word that all returns look at would go from processor to processor.
 *
 * A return wakes all who wait, though one slot serves one of them: a single one could be an aborted wait, a worker about to be stopped, or a
 * thread whose event loop is busy, and the others would sleep beside a free slot. For the same reason nothing counts
 * who waits: a worker that dies asleep leaves flags, each of which costs one wake-up of nobody.
 */

/** How long a sleep without an event loop's knowledge lasts at most, milliseconds; then it begins again. */
const SLICE = 1000;
/** How often a runtime without `Atomics.waitAsync` looks, milliseconds. */
const POLL = 4;

/** Wakes all who wait, after a slot that they waited for was freed. */
export function wakeWaiting(words: Int32Array): void {
  Atomics.add(words, WAKE_AT, 1);
  Atomics.notify(words, WAKE_AT);
}

/** Whether this thread may sleep: not the main thread of a browser. */
export function maySleep(words: Int32Array): boolean {
  try {
    // The time is over at once.
    Atomics.wait(words, WAKE_AT, 0, 0);
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
