import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertNotEquals } from "@std/assert";
import { STATES_AT, WAKE_AT } from "./pool_format.ts";
import { announceWait, maySleep, sleep, sleepAsync, wakeWaiting } from "./pool_wait.ts";

const LONG = 2147483647;

function newWords(wake = 0): Int32Array {
  const words = new Int32Array(new SharedArrayBuffer(STATES_AT * 4));
  words[WAKE_AT] = wake;
  return words;
}

describe("wakeWaiting()", () => {
  it("changes nothing while nobody waits", () => {
    const words = newWords();
    wakeWaiting(words);
    assertEquals(words.every((word) => word === 0), true);
  });

  it("wakes all who wait", async () => {
    const words = newWords();
    const seen = announceWait(words);
    assertEquals([announceWait(words), words[WAKE_AT]], [seen, seen]);
    const waiting = [1, 2, 3].map(() => sleepAsync(words, seen, LONG, undefined));
    wakeWaiting(words);
    assertEquals(Atomics.notify(words, WAKE_AT), 0, "asleep after the wake-up");
    await Promise.all(waiting);
  });

  it("keeps those awake who were about to sleep, also when others wait again", async () => {
    for (const start of [0, -2, 0x7ffffffe, -0x80000000]) {
      const words = newWords(start);
      const seen = announceWait(words);
      wakeWaiting(words);
      assertNotEquals(announceWait(words), seen);
      sleep(words, seen, LONG);
      await sleepAsync(words, seen, LONG, undefined);
    }
  });
});

describe("sleepAsync()", () => {
  it("ends with the signal", async () => {
    const words = newWords();
    const controller = new AbortController();
    const asleep = sleepAsync(words, announceWait(words), LONG, controller.signal).then(() => "the signal");
    const later = new Promise((resolve) => setTimeout(resolve, 0, "nothing"));
    controller.abort();
    assertEquals(await Promise.race([asleep, later]), "the signal");
  });
});

describe("maySleep()", () => {
  it("comes back at once whatever the word is", () => {
    for (const wake of [0, 1, -1, -2]) assertEquals(maySleep(newWords(wake)), true);
  });
});
