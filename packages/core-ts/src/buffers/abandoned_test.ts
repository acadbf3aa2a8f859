import v8 from "node:v8";
import vm from "node:vm";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { BufferRef } from "@mediamem/interface";
import { type Core, makeCore } from "./testdata/core_test.ts";

const bun = (globalThis as { readonly Bun?: { gc(force: boolean): void } }).Bun;

/** Runs the garbage collector, and then what it found. */
async function collect(): Promise<void> {
  if (bun === undefined) v8.setFlagsFromString("--expose-gc");
  const gc = bun === undefined ? vm.runInNewContext("gc") as () => void : () => bun.gc(true);
  gc();
  await new Promise((resolve) => setTimeout(resolve, 0));
}

/** Runs the collector until it found `count`; a runtime may need several rounds. */
async function collectUntil({ ledger }: Core, count: number): Promise<void> {
  for (let round = 0; round < 100 && ledger.abandoned < count; round++) await collect();
}

describe("a reference that is never given back", () => {
  it("is found by the garbage collector while tracing is on, its bytes no longer counted", async () => {
    const core = makeCore({ tracing: "counts" });
    const kept = core.buffers.alloc(10);
    // In functions of their own, so that no stack frame holds them.
    (() => void core.buffers.alloc(100))();
    (() => void kept.ref())();
    (() => void core.buffers.create(new Uint8Array(5)))();
    (() => void core.buffers.alloc(7).take())();
    assertEquals(core.ledger.live, 5);
    await collectUntil(core, 4);
    assertEquals([core.ledger.abandoned, core.ledger.live, core.ledger.bytes], [4, 1, 10]);
    assertEquals([kept.refCount, kept.isWritable], [1, true]);
    kept.unref();
    assertEquals([core.ledger.live, core.ledger.bytes], [0, 0]);
  });

  it("is not found twice, nor once it was given back, moved or taken", async () => {
    const core = makeCore({ tracing: "counts" });
    const kept = core.buffers.alloc(10);
    const held: BufferRef[] = [];
    (() => {
      kept.ref().unref();
      const moved = kept.ref();
      moved.makeWritable();
      moved.unref();
      held.push(kept.ref().take());
    })();
    // What was collected before this one is found before it.
    await collect();
    (() => void core.buffers.alloc(1))();
    await collectUntil(core, 1);
    assertEquals([core.ledger.abandoned, core.ledger.live, core.ledger.bytes], [1, 2, 10]);
    assertEquals([kept.refCount, held[0]!.live], [2, true]);
  });

  it("leaves its place in a pool, and a view that is in use its bytes", async () => {
    const core = makeCore({ tracing: "counts" });
    let ended = 0;
    const pool = core.buffers.poolInit(10, { max: 1, free: () => ended++ });
    const data = (() => pool.get().data)();
    assertEquals(pool.tryGet(), null);
    await collectUntil(core, 1);
    assertEquals([data.length, pool.stats().out, pool.stats().freed, core.ledger.bytes], [10, 0, 1, 0]);
    (() => void pool.get())();
    pool.uninit();
    await collectUntil(core, 2);
    assertEquals([ended, core.ledger.live, core.ledger.bytes], [1, 0, 0]);
  });
});
