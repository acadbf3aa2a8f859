import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { BufferRef } from "@mediamem/interface";
import { assertCode, assertEmpty, figures, makeCore, namedBuffers } from "./testdata/core_test.ts";

describe("uninit", () => {
  it("frees what is idle at once, and the rest with the last that returns, that one first", () => {
    const core = makeCore();
    const log: string[] = [];
    const pool = core.buffers.poolInit(50, {
      allocate: namedBuffers(core, log),
      free: () => log.push("pool"),
    });
    const [a, b, c] = [pool.get(), pool.get(), pool.get()];
    c.unref();
    pool.uninit();
    assertEquals(log, ["C"]);
    assertEquals([a.data[0], b.data[0]], [1, 2]);
    a.unref();
    assertEquals(log, ["C"]);
    b.unref();
    assertEquals(log, ["C", "B", "A", "pool"]);
    assertEquals(figures(pool), [0, 3, 0, 0, 3, 3, 3]);
    assertEmpty(core);
  });

  it("of a pool without buffers ends it", () => {
    let ended = 0;
    const pool = makeCore().buffers.poolInit(5, { free: () => ended++ });
    pool.uninit();
    assertEquals(ended, 1);
  });

  it("leaves references alone: they can be duplicated, narrowed and made writable", () => {
    const core = makeCore();
    const log: string[] = [];
    const pool = core.buffers.poolInit(50, { allocate: namedBuffers(core, log) });
    const a = pool.get();
    pool.uninit();
    const b = a.ref();
    b.narrow(1, 4);
    assertEquals([b.poolOpaque, ...b.makeMut()], ["A", 1, 1, 1, 1]);
    assertEquals(log, []);
    a.unref();
    assertEquals(log, ["A"]);
    b.unref();
    assertEmpty(core);
  });

  it("comes once, and nothing is asked for after it", async () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(5);
    const ref = pool.get();
    pool.uninit();
    assertEquals(assertCode("DOUBLE_FREE", () => pool.uninit()).op, "av_buffer_pool_uninit");
    pool[Symbol.dispose]();
    assertCode("USE_AFTER_FREE", () => pool.get(), "the pool was given up");
    assertCode("USE_AFTER_FREE", () => pool.tryGet());
    assertCode("USE_AFTER_FREE", () => pool.trim());
    assertCode("USE_AFTER_FREE", () => pool.unsafeGet());
    const { code } = await pool.get({}).catch((error) => error);
    assertEquals([code, ref.live, figures(pool)], ["USE_AFTER_FREE", true, [0, 1, 1, 0, 0, 0, 1]]);
    ref.unref();
    assertEmpty(core);
  });

  it("is what the end of a using scope calls", () => {
    const core = makeCore();
    {
      using pool = core.buffers.poolInit(10);
      using ref = pool.get();
      ref.data.fill(1);
    }
    {
      using pool = core.buffers.poolInit(10);
      pool.get().unref();
      pool.uninit();
    }
    assertEmpty(core);
  });

  it("frees all although some free functions throw, and throws what they threw", () => {
    const core = makeCore();
    const freed: unknown[] = [];
    const allocate = (fails: readonly number[]) => (size: number): BufferRef =>
      core.buffers.create(new Uint8Array(size), {
        free() {
          freed.push(freed.length);
          if (fails.includes(freed.length)) throw new Error(`free ${freed.length}`);
        },
      });
    const one = core.buffers.poolInit(5, { allocate: allocate([1]), free: () => freed.push("pool") });
    [one.get(), one.get()].forEach((ref) => ref.unref());
    assertThrows(() => one.uninit(), Error, "free 1");
    assertEquals(freed, [0, 1, "pool"]);

    freed.length = 0;
    const two = core.buffers.poolInit(5, {
      allocate: allocate([1, 2]),
      free() {
        throw new Error("pool");
      },
    });
    const [a, b] = [two.get(), two.get()];
    two.uninit();
    a.unref();
    const { errors, message } = assertThrows(() => b.unref(), AggregateError);
    assertEquals(errors.map((error: Error) => error.message), ["free 1", "free 2", "pool"]);
    assertEquals(message, "Cannot call av_buffer_unref: 3 free functions threw");
    assertEquals([b.live, ...figures(two)], [false, 0, 2, 0, 0, 2, 2, 2]);

    const trimmed = core.buffers.poolInit(5, { allocate: allocate([4]) });
    [trimmed.get(), trimmed.get()].forEach((ref) => ref.unref());
    assertThrows(() => trimmed.trim(), Error, "free 4");
    assertEquals(figures(trimmed), [0, 2, 0, 0, 2, 2, 2]);
    trimmed.uninit();
    assertEmpty(core);
  });

  it("takes buffers back that a free function gives back", () => {
    const core = makeCore();
    const log: string[] = [];
    const held: BufferRef[] = [];
    const pool = core.buffers.poolInit(5, {
      allocate: (size) =>
        core.buffers.create(new Uint8Array(size), {
          free() {
            log.push("buffer");
            held.pop()?.unref();
          },
        }),
      free: () => log.push("pool"),
    });
    const idle = pool.get();
    held.push(pool.get(), pool.get());
    idle.unref();
    pool.uninit();
    assertEquals(log, ["buffer", "buffer", "buffer", "pool"]);
    assertEmpty(core);
  });
});
