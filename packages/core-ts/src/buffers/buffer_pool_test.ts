import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { AVERROR, type BufferPool, type BufferRef, type PoolAllocator } from "@mediamem/interface";
import { assertCode, assertEmpty, type Core, makeCore } from "./testdata/core_test.ts";

/** Buffers that a program allocates, and a list of what it was told to free. */
function namedBuffers({ buffers }: Core, freed: string[], size = 50): () => BufferRef {
  let count = 0;
  return () => {
    const opaque = "ABCDEF"[count++]!;
    return buffers.create(new Uint8Array(size).fill(count), {
      opaque,
      free: (name) => freed.push(name as string),
    });
  };
}

function figures(pool: BufferPool): number[] {
  const { hits, misses, out, idle, returned, freed, peak } = pool.stats();
  return [hits, misses, out, idle, returned, freed, peak];
}

describe("a pool", () => {
  it("gives buffers of its size, content as it was left", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10);
    const first = pool.get();
    assertEquals([pool.size, first.size, first.data.length, first.refCount], [10, 10, 10, 1]);
    assertEquals([first.isWritable, first.readOnly, first.poolOpaque], [true, false, null]);
    assertNotEquals(first.opaque, null);
    const { address, opaque } = first;
    first.data.fill(7);
    first.unref();
    const second = pool.get();
    assertEquals([second.address, ...second.data], [address, ...new Array(10).fill(7)]);
    assertStrictEquals(second.opaque, opaque);
    second.unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("has buffers of no bytes too", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(0);
    const ref = pool.get();
    assertEquals([ref.size, ref.data.length], [0, 0]);
    ref.unref();
    pool.get().unref();
    assertEquals(figures(pool), [1, 1, 0, 1, 2, 0, 1]);
    pool.uninit();
    assertEmpty(core);
  });

  it("gives first what came back last", () => {
    const { buffers } = makeCore();
    const pool = buffers.poolInit(10);
    const refs = [pool.get(), pool.get(), pool.get()];
    const addresses = refs.map((ref) => ref.address);
    for (const i of [0, 2, 1]) refs[i]!.unref();
    const again = [pool.get(), pool.get(), pool.get()].map((ref) => addresses.indexOf(ref.address));
    assertEquals(again, [1, 2, 0]);
  });

  it("gets a buffer back with its last reference", () => {
    const { buffers } = makeCore();
    const pool = buffers.poolInit(10);
    const a = pool.get();
    const b = a.ref();
    b.narrow(5, 2);
    a.unref();
    assertEquals(figures(pool), [0, 1, 1, 0, 0, 0, 1]);
    b.unref();
    assertEquals(figures(pool), [0, 1, 0, 1, 1, 0, 1]);
    assertEquals(pool.get().size, 10);
  });

  it("ends all views of a buffer that came back, without copying its memory", () => {
    const { buffers } = makeCore();
    const pool = buffers.poolInit(10);
    const a = pool.get();
    const b = a.ref();
    const views = [a.data, b.data, new Uint8Array(a.data.buffer, 3)];
    a.data[3] = 9;
    a.unref();
    assertEquals(views.map((view) => view.length), [10, 10, 7]);
    b.unref();
    assertEquals(views.map((view) => view.length), [0, 0, 0]);
    assertEquals(pool.get().data[3], 9);
  });

  it("leaves buffers alone that move elsewhere: they are the pool's no more", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10);
    const a = pool.get();
    a.data.set([1, 2, 3]);
    const b = a.ref();
    b.makeWritable();
    assertEquals([b.opaque, ...b.data.subarray(0, 3)], [null, 1, 2, 3]);
    assertCode("WRONG_OWNER", () => b.poolOpaque, "wanted one of a pool");
    core.buffers.realloc(a, 5);
    assertEquals([...a.data, a.opaque], [1, 2, 3, 0, 0, null]);
    assertEquals(figures(pool), [0, 1, 0, 1, 1, 0, 1]);
    pool.uninit();
    a.unref();
    b.unref();
    assertEmpty(core);
  });

  it("counts idle memory as bytes, not as alive, and trims it", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(100);
    const refs = [pool.get(), pool.get(), pool.get()];
    const { data } = refs[0]!;
    assertEquals([core.ledger.live, core.ledger.bytes], [3, 300]);
    refs.slice(0, 2).forEach((ref) => ref.unref());
    assertEquals([core.ledger.live, core.ledger.bytes, data.length], [1, 300, 0]);
    assertEquals([pool.trim(), pool.trim()], [2, 0]);
    assertEquals([core.ledger.live, core.ledger.bytes], [1, 100]);
    assertEquals(figures(pool), [0, 3, 1, 0, 2, 2, 3]);
    refs[2]!.unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("fills what comes back with poison, where it is asked for", () => {
    const { buffers } = makeCore();
    const memory = new Uint8Array(6).fill(1);
    const pool = buffers.poolInit(4, { poison: 0xaa, allocate: () => buffers.create(memory) });
    const ref = pool.get();
    const early = ref.data;
    assertEquals([...early], [1, 1, 1, 1, 1, 1]);
    ref.unref();
    assertEquals([...early], new Array(6).fill(0xaa));
    assertEquals([...pool.get().data], new Array(4).fill(0xaa));
    const own = buffers.poolInit(3, { poison: 0 });
    own.get().unref();
    const again = own.get();
    again.data.fill(5);
    again.unref();
    assertEquals([...own.get().data], [0, 0, 0]);
  });

  it("does not hand out memory that somebody moved away", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10);
    const ref = pool.get();
    const mine = (ref.data.buffer as ArrayBuffer).transfer();
    ref.unref();
    assertEquals(figures(pool), [0, 1, 0, 0, 1, 1, 1]);
    assertEquals([core.ledger.bytes, mine.byteLength, pool.get().data.length], [0, 10, 10]);
    let freed = 0;
    const brought = core.buffers.poolInit(4, {
      allocate: (size) => core.buffers.create(new Uint8Array(size), { free: () => freed++ }),
    });
    const wrapped = brought.get();
    (wrapped.data.buffer as ArrayBuffer).transfer();
    wrapped.unref();
    assertEquals([freed, ...figures(brought)], [1, 0, 1, 0, 0, 1, 1, 1]);
  });
});

describe("release", () => {
  it("gives back as unref does, also after uninit", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10);
    const [a, b] = [pool.get(), pool.get()];
    pool.release(a);
    assertCode("DOUBLE_FREE", () => pool.release(a));
    const c = b.take();
    assertCode("USE_AFTER_FREE", () => pool.release(b));
    pool.uninit();
    pool.release(c);
    assertEmpty(core);
  });

  it("refuses another's buffer and leaves it alone", () => {
    const { buffers } = makeCore();
    const pool = buffers.poolInit(10);
    for (const ref of [buffers.poolInit(10).get(), buffers.alloc(10), buffers.create(new Uint8Array(10))]) {
      const error = assertCode("WRONG_OWNER", () => pool.release(ref), "wanted one of this pool");
      assertEquals([error.op, ref.live], ["av_buffer_unref", true]);
    }
    for (const wrong of [null, undefined, 5, {}]) {
      assertThrows(() => pool.release(wrong as unknown as BufferRef), TypeError, "wanted a BufferRef");
    }
  });
});

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

describe("preallocate", () => {
  it("makes idle buffers, which are handed out as later ones are", () => {
    const core = makeCore();
    const log: string[] = [];
    const pool = core.buffers.poolInit(50, { preallocate: 3, allocate: namedBuffers(core, log, 60) });
    assertEquals([core.ledger.live, ...figures(pool)], [0, 0, 0, 0, 3, 0, 0, 0]);
    const ref = pool.get();
    assertEquals([ref.size, ref.poolOpaque, ...figures(pool)], [50, "C", 1, 0, 1, 2, 0, 0, 1]);
    pool.uninit();
    assertEquals(log, ["B", "A"]);
    ref.unref();
    assertEmpty(core);
    const own = core.buffers.poolInit(10, { preallocate: 2, max: 2 });
    assertEquals([core.ledger.live, core.ledger.bytes], [0, 20]);
    own.uninit();
    assertEmpty(core);
  });

  it("frees what it made where it cannot make all", () => {
    const core = makeCore({ limitBytes: 25 });
    assertCode("OVER_BUDGET", () => core.buffers.poolInit(10, { preallocate: 3 }));
    assertEmpty(core);
    const freed: string[] = [];
    const make = namedBuffers(core, freed);
    let left = 2;
    const allocate = (): BufferRef | null => left-- > 0 ? make() : null;
    let ended = 0;
    assertCode("ENOMEM", () => core.buffers.poolInit(50, { preallocate: 3, allocate, free: () => ended++ }));
    assertEquals([freed, ended], [["B", "A"], 0]);
    const shared = (size: number): BufferRef => {
      const ref = core.buffers.create(new Uint8Array(size));
      kept.push(ref.ref());
      return ref;
    };
    const kept: BufferRef[] = [];
    assertCode(
      "EINVAL",
      () => core.buffers.poolInit(5, { preallocate: 1, allocate: shared }),
      "2 references",
    );
    kept[0]!.unref();
    assertEmpty(core);
  });
});

describe("the options of a pool", () => {
  it("are refused where they are none", () => {
    const core = makeCore();
    const { buffers } = core;
    const init = (size: unknown, options?: unknown) => () =>
      buffers.poolInit(size as number, options as object);
    for (const size of [1.5, "5", null, NaN]) assertThrows(init(size), TypeError, "size is");
    assertCode("EINVAL", init(-1), "size is -1");
    for (const options of [null, 5, "all"]) assertThrows(init(5, options), TypeError, "options are");
    const types = [{ free: 1 }, { allocate: {} }, { poison: "a" }, { poison: 1.5 }, { preallocate: "1" }];
    for (const options of types) assertThrows(init(5, options), TypeError);
    for (
      const options of [{ poison: 256 }, { poison: -1 }, { preallocate: -1 }, { max: 2, preallocate: 3 }]
    ) {
      assertCode("EINVAL", init(5, options));
    }
    for (const options of [{ max: "1" }, { highWater: {} }, { onHighWater: 5 }]) {
      assertThrows(init(5, options), TypeError);
    }
    assertCode("EINVAL", init(5, { max: -1 }));
    assertEmpty(core);
  });

  it("have no limit of their own for the size: it is the request that fails", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(2 ** 40);
    assertCode("ENOMEM", () => pool.get());
    core.limit.maxAlloc = 95;
    assertCode("ENOMEM", () => core.buffers.poolInit(5), "96 bytes");
    core.limit.maxAlloc = 96;
    const small = core.buffers.poolInit(5);
    core.limit.maxAlloc = 87;
    assertCode("ENOMEM", () => small.get(), "88 bytes");
    core.limit.maxAlloc = 88;
    small.get().unref();
    core.limit.maxAlloc = 23;
    assertCode("ENOMEM", () => small.get(), "24 bytes");
    core.limit.maxAlloc = 24;
    small.get().unref();
    assertEquals(figures(small), [1, 1, 0, 1, 2, 0, 1]);
    const log: string[] = [];
    core.limit.maxAlloc = 200;
    const brought = core.buffers.poolInit(5, { allocate: namedBuffers(core, log) });
    core.limit.maxAlloc = 87;
    assertCode("ENOMEM", () => brought.get(), "88 bytes");
    assertEquals(log, ["A"]);
    for (const one of [pool, small, brought]) one.uninit();
    assertEmpty(core);
  });

  it("are not looked at twice", () => {
    const core = makeCore();
    const options: { poison?: number; max: number } = { max: 1 };
    const pool = core.buffers.poolInit(5, options);
    options.max = 5;
    options.poison = 9;
    pool.get();
    assertEquals(pool.tryGet(), null);
    assert(pool.stats().out === 1);
  });
});
