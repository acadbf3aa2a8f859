import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { AVERROR, type BufferRef, type PoolAllocator } from "@mediamem/interface";
import { assertCode, assertEmpty, figures, makeCore } from "./testdata/core_test.ts";

describe("the allocator of a pool", () => {
  it("gives the first hand-out its own reference; later ones are made from the buffer", () => {
    const { buffers } = makeCore();
    const memory = new Uint8Array(100);
    const made: BufferRef[] = [];
    const pool = buffers.poolInit(50, {
      allocate(size) {
        assertEquals(size, 50);
        const ref = buffers.create(memory, { opaque: "original", readOnly: true });
        ref.narrow(32, 57);
        made.push(ref);
        return ref;
      },
    });
    const first = pool.get();
    assertStrictEquals(first, made[0]!);
    const { address } = first;
    assertEquals([first.size, first.readOnly, first.isWritable], [57, true, false]);
    assertEquals([first.poolOpaque, first.opaque !== "original"], ["original", true]);
    first.unref();
    const second = pool.get();
    assertEquals([second.size, second.address - address], [50, -32]);
    assertEquals([second.readOnly, second.isWritable, second.poolOpaque], [false, true, "original"]);
    assertEquals(made.length, 1);
  });

  it("may keep a reference: the buffer comes into the pool without it", () => {
    const core = makeCore();
    const kept: BufferRef[] = [];
    const pool = core.buffers.poolInit(5, {
      allocate(size) {
        const ref = core.buffers.alloc(size);
        kept.push(ref.ref());
        return ref;
      },
    });
    const ref = pool.get();
    assertEquals(ref.refCount, 2);
    ref.unref();
    assertEquals(figures(pool), [0, 1, 1, 0, 0, 0, 1]);
    pool.release(kept[0]!);
    assertEquals(figures(pool), [0, 1, 0, 1, 1, 0, 1]);
    pool.uninit();
    assertEmpty(core);
  });

  it("may give the buffers of another pool, which go back there", () => {
    const core = makeCore();
    const inner = core.buffers.poolInit(20);
    const outer = core.buffers.poolInit(10, { allocate: () => inner.get() });
    const ref = outer.get();
    assertEquals([ref.size, inner.stats().out, ref.poolOpaque !== null], [20, 1, true]);
    assertCode("WRONG_OWNER", () => inner.release(ref));
    ref.unref();
    const again = outer.get();
    assertEquals([again.size, inner.stats().out, outer.stats().hits], [10, 1, 1]);
    outer.uninit();
    inner.uninit();
    again.unref();
    assertEquals([figures(inner), figures(outer)], [[0, 1, 0, 0, 1, 1, 1], [1, 1, 0, 0, 2, 1, 1]]);
    assertEmpty(core);
  });

  it("may take buffers of another pool over, which are that pool's own again once they are back", () => {
    const core = makeCore();
    const inner = core.buffers.poolInit(20);
    const outer = core.buffers.poolInit(10, { allocate: () => inner.get() });
    outer.get().unref();
    outer.uninit();
    const ref = inner.get();
    assertEquals([ref.size, ref.poolOpaque, inner.stats().hits], [20, null, 1]);
    inner.release(ref);
    assertEquals(figures(inner), [1, 1, 0, 1, 2, 0, 1]);
    inner.uninit();
    assertEmpty(core);
  });

  it("may give what realloc made; it is not resized under the pool", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10, { allocate: (size) => core.buffers.realloc(null, size) });
    const ref = pool.get();
    core.buffers.realloc(ref, 5);
    assertEquals([ref.size, ref.opaque, figures(pool)], [5, null, [0, 1, 0, 1, 1, 0, 1]]);
    assertEquals(pool.get().data.length, 10);
  });

  it("without memory makes the request fail, and counts nothing", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(5, { allocate: () => null, max: 1 });
    const error = assertCode("ENOMEM", () => pool.get(), "allocate gave null");
    assertEquals([error.op, error.averror], ["av_buffer_pool_get", AVERROR.ENOMEM]);
    assertCode("ENOMEM", () => pool.tryGet());
    assertCode("ENOMEM", () => pool.unsafeGet());
    assertEquals(figures(pool).slice(0, 6), [0, 0, 0, 0, 0, 0]);
    pool.uninit();
    assertEmpty(core);
  });

  it("that throws is heard whole", async () => {
    const core = makeCore();
    const mine = new TypeError("mine");
    let fails = true;
    const pool = core.buffers.poolInit(5, {
      max: 1,
      allocate(size) {
        if (fails) throw mine;
        return core.buffers.alloc(size);
      },
    });
    for (const call of [() => pool.get(), () => pool.tryGet(), () => pool.unsafeGet()]) {
      assertStrictEquals(assertThrows(call), mine);
    }
    assertStrictEquals(await pool.get({}).catch((error) => error), mine);
    fails = false;
    pool.get().unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("may not ask its own pool", () => {
    const core = makeCore();
    const calls: Record<string, () => unknown> = {
      get: () => pool.get(),
      tryGet: () => pool.tryGet(),
      unsafeGet: () => pool.unsafeGet(),
      uninit: () => pool.uninit(),
      trim: () => pool.trim(),
      dispose: () => pool[Symbol.dispose](),
    };
    let call = "";
    const pool = core.buffers.poolInit(5, {
      allocate(size) {
        calls[call]!();
        return core.buffers.alloc(size);
      },
    });
    for (call of Object.keys(calls)) {
      assertCode("LOCKED", () => pool.get(), "the pool is in its allocate function");
      assertCode("LOCKED", () => pool.unsafeGet());
    }
    calls["other"] = () => core.buffers.alloc(1).unref();
    call = "other";
    pool.get().unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("must give a live reference to a buffer that is large enough and not in the pool", () => {
    const core = makeCore();
    const { buffers } = core;
    let give: () => unknown = () => 5;
    const pool = buffers.poolInit(10, { allocate: (() => give()) as PoolAllocator, max: 3 });
    for (const wrong of [5, undefined, {}, new Uint8Array(10), Promise.resolve(null)]) {
      give = () => wrong;
      assertThrows(() => pool.get(), TypeError, "what allocate gave is");
    }
    let freed = 0;
    give = () => buffers.create(new Uint8Array(9), { free: () => freed++ });
    assertCode("EINVAL", () => pool.get(), "allocate gave a buffer of 9 bytes, wanted at least 10");
    assertEquals(freed, 1);
    const dead = buffers.alloc(10);
    dead.unref();
    give = () => dead;
    assertCode("USE_AFTER_FREE", () => pool.get(), "given back");
    give = () => buffers.alloc(10);
    const mine = pool.get();
    give = () => mine;
    assertCode("WRONG_OWNER", () => pool.get(), "allocate gave a buffer of this pool");
    give = () => mine.ref();
    assertCode("WRONG_OWNER", () => pool.get(), "allocate gave a buffer of this pool");
    assertEquals([mine.refCount, pool.stats().out], [2, 1]);
  });

  it("is no number here: only native code has use for one", () => {
    assertThrows(
      () => makeCore().buffers.poolInit(10, { allocate: 4096 }),
      TypeError,
      "allocate is 4096, wanted a function",
    );
  });

  it("is not asked while something is idle", () => {
    const core = makeCore();
    let calls = 0;
    const pool = core.buffers.poolInit(5, {
      allocate(size) {
        calls++;
        return core.buffers.alloc(size);
      },
    });
    const [a, b] = [pool.get(), pool.get()];
    a.unref();
    pool.get();
    b.unref();
    pool.get();
    assertEquals([calls, figures(pool)], [2, [2, 2, 2, 0, 2, 0, 2]]);
  });
});
