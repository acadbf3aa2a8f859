import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type BufferPoolOptions, MediaError } from "@mediamem/interface";
import { createCore } from "../backend.ts";
import type { CoreBufferPool } from "./buffer_pool.ts";

describe("a pool that onHighWater gives up", () => {
  it("hands nothing out, and ends once", async () => {
    using core = createCore();
    const { buffers, ledger } = core;
    let freed = 0;
    const make = (): CoreBufferPool => {
      const pool = buffers.poolInit(17, {
        highWater: 1,
        onHighWater: () => pool.uninit(),
        free: () => void freed++,
      });
      return pool;
    };
    const calls: ((pool: CoreBufferPool) => unknown)[] = [
      (pool) => pool.get(),
      (pool) => pool.tryGet(),
      (pool) => pool.unsafeGet(),
    ];
    for (const call of calls) {
      const pool = make();
      assertEquals(assertThrows(() => call(pool), MediaError).code, "USE_AFTER_FREE");
      assertEquals(pool.stats().out, 0);
    }
    await assertRejects(() => make().get({}), MediaError, "given up");
    assertEquals([freed, ledger.live, ledger.bytes], [4, 0, 0]);
  });
});

describe("the options of a pool", () => {
  it("are what they were when they were checked, wherever they come from", () => {
    using core = createCore();
    let reads = 0;
    class Options implements BufferPoolOptions {
      get max(): number {
        return 1;
      }
      get poison(): number {
        return reads++ === 0 ? 7 : NaN;
      }
    }
    using pool = core.buffers.poolInit(3, new Options());
    pool.get().unref();
    using ref = pool.get();
    assertEquals([ref.data[0], pool.tryGet(), reads], [7, null, 1]);
  });
});
