import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { createCore, FramePool } from "@mediamem/core-ts";
import { type BufferRef, MediaError } from "@mediamem/interface";
import { assertCode, assertEmpty, figures, makeCore, namedBuffers } from "./testdata/core_test.ts";

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
    assertEquals(pool.stats().out, 1);
  });

  it("says that max is wrong before what depends on it, and that it is the making that failed", () => {
    const core = createCore();
    for (const max of [0, -1]) {
      const error = assertThrows(
        () => core.buffers.poolInit(5, { max }),
        MediaError,
        `max is ${max}, wanted at least 1`,
      );
      assertEquals(error.op, "av_buffer_pool_init2");
      const frames = assertThrows(() => new FramePool(core.buffers, { max }), MediaError, `max is ${max}`);
      assertEquals(frames.op, "new FramePool");
    }
  });
});
