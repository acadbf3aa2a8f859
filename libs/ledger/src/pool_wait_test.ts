import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { AVERROR, MediaError, type PoolGetOptions } from "@mediamem/interface";
import { AllocationLedger, PoolGate } from "@mediamem/ledger";

function fullGate(max = 1): PoolGate {
  const gate = new PoolGate("av_buffer_pool_get", { max }, new AllocationLedger());
  for (let at = 0; at < max; at++) gate.enterUnnamed();
  return gate;
}

/** Counts the listeners that are on a signal. */
function watch(signal: AbortSignal): () => number {
  let count = 0;
  const { addEventListener: add, removeEventListener: remove } = signal;
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    count++;
    add.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    count--;
    remove.apply(signal, args);
  };
  return () => count;
}

describe("PoolGate.wait()", () => {
  it("does not wait where one is free", async () => {
    const gate = new PoolGate("av_buffer_pool_get", { max: 1 }, new AllocationLedger());
    const ticket = await gate.wait({ timeout: 0, holder: "decoder" });
    assertEquals([ticket.holder, gate.out], ["decoder", 1]);
    assertEquals(gate.holders(), [{ holder: "decoder", site: null, count: 1 }]);
  });

  it("serves those who wait in the order of their calls, before anybody else", async () => {
    const gate = fullGate(2);
    const order: string[] = [];
    const waits = ["a", "b", "c"].map(async (holder) => {
      const ticket = await gate.wait({ holder });
      order.push(holder);
      return ticket;
    });
    gate.leaveUnnamed();
    assertEquals([gate.out, gate.tryEnter(null)], [2, null]);
    const a = await waits[0]!;
    assertEquals(order, ["a"]);
    gate.leave(a);
    gate.leaveUnnamed();
    await Promise.all(waits);
    assertEquals(order, ["a", "b", "c"]);
    assertEquals(gate.holders().map(({ holder }) => holder), ["b", "c"]);
    assertEquals([gate.out, gate.peak], [2, 2]);
  });

  it("ends with the time, and says how long and who holds", async () => {
    const gate = fullGate();
    const error = await assertRejects(() => gate.wait({ timeout: 1 }), MediaError);
    assertEquals([error.code, error.averror], ["EAGAIN", AVERROR.EAGAIN]);
    assertEquals(
      error.message,
      "Cannot call av_buffer_pool_get: waited 1 ms, 1 of 1 buffers are out, wanted one that is free; " +
        "held 1 unnamed (name them, or turn tracing on)",
    );
    gate.leaveUnnamed();
    assertEquals(gate.out, 0);
  });

  it("does not wait at all for a time of 0", async () => {
    const gate = fullGate();
    const error = await assertRejects(() => gate.wait({ timeout: 0 }), MediaError, "get: 1 of 1 buffers");
    assertEquals(error.code, "EAGAIN");
  });

  it("ends with the signal's reason, whether it came before or during the wait", async () => {
    const gate = fullGate();
    const reason = new Error("enough");
    const controller = new AbortController();
    const listeners = watch(controller.signal);
    const wait = gate.wait({ signal: controller.signal });
    assertEquals(listeners(), 1);
    controller.abort(reason);
    assertStrictEquals(await assertRejects(() => wait), reason);
    assertEquals(listeners(), 0);
    gate.leaveUnnamed();
    assertStrictEquals(await assertRejects(() => gate.wait({ signal: controller.signal })), reason);
    assertEquals([gate.out, listeners()], [0, 0]);
  });

  it("leaves no listener behind, and does not mind a signal that comes after", async () => {
    const gate = fullGate();
    const controller = new AbortController();
    const listeners = watch(controller.signal);
    const served = gate.wait({ signal: controller.signal, timeout: 100_000 });
    const late = gate.wait({ signal: controller.signal, timeout: 1 });
    assertEquals(listeners(), 2);
    await assertRejects(() => late, MediaError, "waited 1 ms");
    gate.leaveUnnamed();
    assertEquals(listeners(), 0);
    controller.abort();
    await served;
    assertEquals(gate.out, 1);
  });

  it("leaves no timer behind, which would keep the program from its end", async () => {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const timers = new Set<unknown>();
    const fake = (...args: Parameters<typeof set>): unknown => {
      const timer = set(...args);
      timers.add(timer);
      return timer;
    };
    globalThis.setTimeout = fake as typeof set;
    globalThis.clearTimeout = (timer) => {
      timers.delete(timer);
      clear(timer as Parameters<typeof clear>[0]);
    };
    try {
      const gate = fullGate();
      const wait = gate.wait({ timeout: 100_000 });
      assertEquals(timers.size, 1);
      gate.leaveUnnamed();
      await wait;
      assertEquals(timers.size, 0);
    } finally {
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
    }
  });

  it("skips who has gone", async () => {
    const gate = fullGate();
    const controller = new AbortController();
    const first = gate.wait({ signal: controller.signal });
    const second = gate.wait({ holder: "second" });
    controller.abort();
    gate.leaveUnnamed();
    await assertRejects(() => first);
    assertEquals((await second).holder, "second");
  });

  it("ends when the gate is closed", async () => {
    const gate = fullGate();
    const waits = [gate.wait({ timeout: 100_000 }), gate.wait({})];
    gate.close();
    for (const wait of waits) {
      const error = await assertRejects(() => wait, MediaError, "the pool was given up");
      assertEquals(error.code, "USE_AFTER_FREE");
    }
    gate.leaveUnnamed();
    assertEquals(gate.out, 0);
    await assertRejects(() => gate.wait({}), MediaError, "the pool was given up");
  });

  it("refuses what cannot be, as a rejection", async () => {
    const gate = fullGate();
    const bad: [unknown, typeof TypeError | typeof MediaError][] = [
      [{ timeout: -1 }, MediaError],
      [{ signal: "stop" }, TypeError],
      [{ holder: 1 }, TypeError],
      [null, TypeError],
    ];
    for (const [options, errorClass] of bad) {
      await assertRejects(() => gate.wait(options as PoolGetOptions), errorClass as ErrorConstructor);
    }
    gate.leaveUnnamed();
    assertEquals(gate.out, 0);
  });

  it("rejects with what onHighWater throws, and loses no place", async () => {
    const gate = new PoolGate("av_buffer_pool_get", {
      max: 1,
      highWater: 1,
      onHighWater: () => {
        throw new RangeError("too many");
      },
    }, new AllocationLedger());
    await assertRejects(() => gate.wait({}), RangeError, "too many");
    assertEquals(gate.out, 0);
  });

  it("does not warn again when a place only changes hands", async () => {
    let warnings = 0;
    const gate = new PoolGate(
      "av_buffer_pool_get",
      { max: 1, highWater: 1, onHighWater: () => warnings++ },
      new AllocationLedger(),
    );
    const first = gate.enter(null);
    const second = gate.wait({});
    gate.leave(first);
    await second;
    assertEquals([warnings, gate.out], [1, 1]);
  });

  it("knows where the wait began, while tracing keeps stacks", async () => {
    const gate = new PoolGate("av_buffer_pool_get", { max: 1 }, new AllocationLedger({ tracing: "all" }));
    gate.enterUnnamed();
    const wait = gate.wait({});
    gate.leaveUnnamed();
    assertEquals((await wait).site![0]!.includes("pool_wait_test.ts"), true);
  });
});
