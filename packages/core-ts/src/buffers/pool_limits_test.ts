import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { type BufferRef, type HighWater, MediaError } from "@mediamem/interface";
import { assertCode, assertEmpty, makeCore } from "./testdata/core_test.ts";

describe("a pool with a limit", () => {
  it("refuses beyond it with who holds the buffers, or gives null", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10, { max: 3 });
    const refs = [pool.tryGet("decoder"), pool.tryGet("decoder"), pool.tryGet("screen")];
    assertEquals(pool.tryGet(), null);
    assertCode("EAGAIN", () => pool.get(), "held 2 by decoder, 1 by screen");
    refs[2]!.unref();
    const again = pool.get();
    assertEquals([pool.stats().peak, pool.stats().out], [3, 3]);
    again.unref();
    refs[0]!.unref();
    refs[1]!.unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("counts both grades", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10, { max: 2 });
    const fast = pool.unsafeGet();
    const ref = pool.get();
    assertCode("EAGAIN", () => pool.unsafeGet());
    assertEquals(pool.tryGet(), null);
    assertEquals(pool.stats().out, 2);
    pool.unsafeRelease(fast);
    ref.unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("serves those who wait in order", async () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10, { max: 1 });
    const first = pool.get();
    const log: string[] = [];
    const wait = (name: string): Promise<void> =>
      pool.get({ holder: name }).then((ref) => {
        log.push(name);
        assertEquals(pool.tryGet(), null);
        ref.unref();
      });
    const waits = [wait("a"), wait("b"), wait("c")];
    first.unref();
    // Nobody comes between.
    assertEquals(pool.tryGet(), null);
    await Promise.all(waits);
    assertEquals(log, ["a", "b", "c"]);
    assertEquals([pool.stats().hits, pool.stats().misses], [3, 1]);
    pool.uninit();
    assertEmpty(core);
  });

  it("serves who waits with what the fast grade gives back", async () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10, { max: 1 });
    const fast = pool.unsafeGet();
    fast.data[0] = 5;
    const wait = pool.get({});
    pool.unsafeRelease(fast);
    const ref = await wait;
    assertEquals(ref.data[0], 5);
    ref.unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("ends a wait by timeout, signal and uninit, and loses no place", async () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10, { max: 1 });
    const ref = pool.get();
    const late = await assertRejects(() => pool.get({ timeout: 1 }), MediaError);
    assertEquals(late.code, "EAGAIN");
    const abort = new AbortController();
    const aborted = pool.get({ signal: abort.signal }).catch((error) => error);
    const reason = new Error("enough");
    abort.abort(reason);
    assertStrictEquals(await aborted, reason);
    const given = pool.get({}).catch((error) => error);
    pool.uninit();
    assertEquals((await given).code, "USE_AFTER_FREE");
    ref.unref();
    assertEmpty(core);
  });

  it("gives a place back that was won in the moment of uninit", async () => {
    const core = makeCore();
    let ended = 0;
    const pool = core.buffers.poolInit(10, { max: 1, free: () => ended++ });
    const ref = pool.get();
    const wait = pool.get({}).catch((error) => error);
    ref.unref();
    pool.uninit();
    assertEquals((await wait).code, "USE_AFTER_FREE");
    assertEquals([pool.stats().out, ended], [0, 1]);
    assertEmpty(core);
  });

  it("gives the place to the next who waits where there is no memory", async () => {
    const core = makeCore();
    let fails = false;
    const pool = core.buffers.poolInit(10, {
      max: 1,
      allocate: (size) => fails ? null : core.buffers.create(new Uint8Array(size)),
    });
    const ref = pool.get();
    fails = true;
    const waits = [pool.get({}), pool.get({})].map((wait) => wait.catch((error) => error));
    (ref.data.buffer as ArrayBuffer).transfer();
    ref.unref();
    assertEquals((await Promise.all(waits)).map((error) => error.code), ["ENOMEM", "ENOMEM"]);
    pool.uninit();
    assertEmpty(core);
  });

  it("checks the options of a wait", async () => {
    const pool = makeCore().buffers.poolInit(10);
    await assertRejects(() => pool.get({ timeout: "1" as unknown as number }), TypeError);
    await assertRejects(() => pool.get(null as unknown as object), TypeError);
    assertEquals(pool.stats().out, 0);
  });

  it("warns once when many are out, naming who holds them", () => {
    const core = makeCore();
    const warnings: HighWater[] = [];
    const pool = core.buffers.poolInit(10, {
      max: 4,
      highWater: 2,
      onHighWater: (one) => warnings.push(one),
    });
    const refs: BufferRef[] = [pool.tryGet("a")!, pool.tryGet("b")!, pool.tryGet("b")!];
    assertEquals(warnings.length, 1);
    assertEquals([warnings[0]!.out, warnings[0]!.max], [2, 4]);
    refs.forEach((ref) => ref.unref());
    pool.unsafeRelease(pool.unsafeGet());
    assertEquals(warnings.length, 1);
    [pool.unsafeGet(), pool.unsafeGet()].forEach((buffer) => pool.unsafeRelease(buffer));
    assertEquals(warnings.length, 2);
    pool.uninit();
    assertEmpty(core);
  });

  it("hands nothing out where the warning throws", () => {
    const core = makeCore();
    const mine = new Error("mine");
    const pool = core.buffers.poolInit(10, {
      highWater: 1,
      onHighWater() {
        throw mine;
      },
    });
    for (const call of [() => pool.get(), () => pool.unsafeGet()]) {
      assertStrictEquals(assertThrows(call), mine);
    }
    assertEquals([pool.stats().out, pool.stats().misses], [0, 0]);
    pool.uninit();
    assertEmpty(core);
  });
});
