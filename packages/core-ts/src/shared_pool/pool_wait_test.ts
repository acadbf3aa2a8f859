import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertNotEquals } from "@std/assert";
import { SharedBufferPool } from "@mediamem/core-ts/buffers";
import { STATES_AT, WAITED, WAKE_AT } from "./pool_format.ts";
import { maySleep, sleep, sleepAsync, wakeWaiting } from "./pool_wait.ts";

const LONG = 2147483647;

function newWords(wake = 0): Int32Array {
  const words = new Int32Array(new SharedArrayBuffer(STATES_AT * 4));
  words[WAKE_AT] = wake;
  return words;
}

describe("wakeWaiting()", () => {
  it("wakes all who wait", async () => {
    const words = newWords();
    const waiting = [1, 2, 3].map(() => sleepAsync(words, 0, LONG, undefined));
    wakeWaiting(words);
    assertEquals(Atomics.notify(words, WAKE_AT), 0, "asleep after the wake-up");
    await Promise.all(waiting);
  });

  it("keeps those awake who were about to sleep", async () => {
    for (const seen of [0, -2, 0x7fffffff, -0x80000000]) {
      const words = newWords(seen);
      wakeWaiting(words);
      assertNotEquals(words[WAKE_AT], seen);
      sleep(words, seen, LONG);
      await sleepAsync(words, seen, LONG, undefined);
    }
  });
});

describe("A wait for a slot", () => {
  it("has every return of what it found taken wake it, and no other", async () => {
    const pool = SharedBufferPool.create({ size: 1, slots: 3 });
    const words = new Int32Array(pool.storage);
    const states = (): number[] => [0, 1, 2].map((index) => words[STATES_AT + index * 16]! & WAITED);
    const handles = [pool.take(), pool.take(), pool.take()];
    pool.release(handles.pop()!);
    handles.push(pool.take());
    assertEquals([words[WAKE_AT]!, ...states()], [0, 0, 0, 0]);
    const waiting = [pool.takeAsync(), pool.takeAsync()];
    assertEquals([words[WAKE_AT]!, ...states()], [0, WAITED, WAITED, WAITED]);
    assertEquals(pool.handles().sort(), handles.sort());
    pool.write(handles[0]!, new Uint8Array([7]));
    pool.release(handles[1]!);
    pool.release(handles[2]!);
    assertEquals(words[WAKE_AT]!, 2);
    handles.splice(1, 2, ...await Promise.all(waiting));
    assertEquals(pool.handles().sort(), handles.sort());
    assertEquals([...pool.read(handles[0]!)], [7]);
    for (const handle of handles) pool.release(handle);
    assertEquals([...states(), pool.stats().free], [0, 0, 0, 3]);
    assertEquals(pool.stats().waits, 2);
  });
});

describe("sleepAsync()", () => {
  it("ends with the signal", async () => {
    const controller = new AbortController();
    const asleep = sleepAsync(newWords(), 0, LONG, controller.signal).then(() => "the signal");
    const later = new Promise((resolve) => setTimeout(resolve, 0, "nothing"));
    controller.abort();
    assertEquals(await Promise.race([asleep, later]), "the signal");
  });
});

describe("maySleep()", () => {
  it("comes back at once whatever the word is", () => {
    for (const wake of [0, 1, -1]) assertEquals(maySleep(newWords(wake)), true);
  });
});
