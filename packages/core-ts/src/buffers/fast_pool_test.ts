import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { BufferRef } from "@mediamem/interface";
import type { UnsafeBuffer } from "@mediamem/core-ts/buffers";
import { assertCode, assertEmpty, makeCore } from "./testdata/core_test.ts";

describe("the fast grade of a pool", () => {
  it("gives the same object for the same memory, last in, first out", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10);
    const [a, b] = [pool.unsafeGet(), pool.unsafeGet()];
    assertEquals([a.data.length, a.address % 64, a.address !== b.address], [10, 0, true]);
    assertEquals([core.ledger.live, core.ledger.bytes], [2, 20]);
    const { data } = a;
    data[3] = 9;
    pool.unsafeRelease(a);
    pool.unsafeRelease(b);
    assertEquals([core.ledger.live, core.ledger.bytes], [0, 20]);
    assertStrictEquals(pool.unsafeGet(), b);
    assertStrictEquals(pool.unsafeGet(), a);
    assertStrictEquals(a.data, data);
    assertEquals(data[3], 9);
    assertEquals(pool.stats(), { hits: 2, misses: 2, out: 2, idle: 0, returned: 2, freed: 0, peak: 2 });
    pool.unsafeRelease(a);
    pool.unsafeRelease(b);
    pool.uninit();
    assertEquals(data.length, 0);
    assertEmpty(core);
  });

  it("poisons what is released, where it is asked for", () => {
    const pool = makeCore().buffers.poolInit(3, { poison: 0xee });
    const { data } = pool.unsafeGet();
    pool.unsafeRelease(pool.unsafeGet());
    const [a] = [pool.unsafeGet()];
    const early = a.data.fill(1);
    pool.unsafeRelease(a);
    assertEquals([...early, ...data], [0xee, 0xee, 0xee, 0, 0, 0]);
  });

  it("catches a second release and another pool's buffer, and leaves all as it was", () => {
    const core = makeCore();
    const [pool, other] = [core.buffers.poolInit(10), core.buffers.poolInit(10)];
    const mine = pool.unsafeGet();
    const foreign = other.unsafeGet();
    assertCode("WRONG_OWNER", () => pool.unsafeRelease(foreign), "another pool");
    pool.unsafeRelease(mine);
    assertEquals(assertCode("DOUBLE_FREE", () => pool.unsafeRelease(mine)).op, "av_buffer_unref");
    other.unsafeRelease(foreign);
    assertCode("WRONG_OWNER", () => pool.unsafeRelease(foreign));
    const ref = pool.get();
    for (const wrong of [null, undefined, 5, {}, ref, new Uint8Array(10)]) {
      assertThrows(
        () => pool.unsafeRelease(wrong as unknown as UnsafeBuffer),
        TypeError,
        "wanted one of unsafeGet",
      );
    }
    assertEquals([pool.stats().idle, pool.stats().returned, pool.stats().out], [0, 1, 1]);
    ref.unref();
    pool.uninit();
    other.uninit();
    assertEmpty(core);
  });

  it("names where a buffer was taken and released while tracing keeps stacks", () => {
    const { buffers, ledger } = makeCore({ tracing: "all" });
    const pool = buffers.poolInit(10);
    const buffer = pool.unsafeGet();
    assertEquals(ledger.report().groups.map(({ op, bytes }) => [op, bytes]), [["av_buffer_pool_get", 10]]);
    pool.unsafeRelease(buffer);
    assertEquals(ledger.report().count, 0);
    assertCode("DOUBLE_FREE", () => pool.unsafeRelease(buffer), "; taken at ");
  });

  it("shares memory with the checked grade: a view ends when that gives it back", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(4);
    const fast = pool.unsafeGet();
    fast.data[0] = 1;
    pool.unsafeRelease(fast);
    const ref = pool.get();
    assertEquals([ref.address, ref.data[0], fast.data[0]], [fast.address, 1, 1]);
    ref.unref();
    assertEquals(fast.data.length, 0);
    const again = pool.unsafeGet();
    assertNotEquals(again, fast);
    assertEquals([again.address, again.data[0]], [fast.address, 1]);
    assertCode("DOUBLE_FREE", () => pool.unsafeRelease(fast));
    pool.unsafeRelease(again);
    assertEquals([pool.stats().misses, pool.stats().hits], [1, 2]);
    pool.uninit();
    assertEmpty(core);
  });

  it("takes the memory of the allocator, from its start and of the pool's size", () => {
    const core = makeCore();
    let freed = 0;
    const memory = new Uint8Array(20);
    const made: BufferRef[] = [];
    const pool = core.buffers.poolInit(10, {
      allocate() {
        const ref = core.buffers.create(memory, { free: () => freed++, opaque: 5, readOnly: true });
        ref.narrow(4, 12);
        made.push(ref);
        return ref;
      },
    });
    const buffer = pool.unsafeGet();
    assertEquals([buffer.data.length, buffer.data.byteOffset, core.ledger.live], [10, 0, 1]);
    assertCode("USE_AFTER_FREE", () => made[0]!.data, "taken");
    pool.unsafeRelease(buffer);
    const ref = pool.get();
    assertEquals([ref.size, ref.poolOpaque, ref.readOnly], [10, 5, false]);
    ref.unref();
    assertEquals(freed, 0);
    pool.uninit();
    assertEquals([freed, memory.length], [1, 20]);
    assertEmpty(core);
  });

  it("refuses a buffer of which the allocator kept a reference", () => {
    const core = makeCore();
    const kept: BufferRef[] = [];
    const pool = core.buffers.poolInit(10, {
      allocate(size) {
        const ref = core.buffers.alloc(size);
        kept.push(ref.ref());
        return ref;
      },
    });
    assertCode("EINVAL", () => pool.unsafeGet(), "allocate gave a buffer with 2 references, wanted one");
    assertEquals([kept[0]!.refCount, pool.stats().out, pool.stats().misses], [1, 0, 0]);
    kept[0]!.unref();
    pool.uninit();
    assertEmpty(core);
  });

  it("gives buffers back to a pool that was given up, which ends with the last", () => {
    const core = makeCore();
    let ended = 0;
    const pool = core.buffers.poolInit(10, { free: () => ended++ });
    const [a, b] = [pool.unsafeGet(), pool.unsafeGet()];
    const ref = pool.get();
    pool.uninit();
    pool.unsafeRelease(b);
    ref.unref();
    assertEquals([ended, core.ledger.bytes], [0, 30]);
    pool.unsafeRelease(a);
    assertEquals(ended, 1);
    assertCode("DOUBLE_FREE", () => pool.unsafeRelease(a));
    assertEmpty(core);
  });

  it("does not hand out memory that somebody moved away", () => {
    const core = makeCore();
    const pool = core.buffers.poolInit(10);
    const buffer = pool.unsafeGet();
    (buffer.data.buffer as ArrayBuffer).transfer();
    pool.unsafeRelease(buffer);
    assertEquals([pool.stats().freed, pool.stats().idle, core.ledger.bytes], [1, 0, 0]);
    const last = pool.unsafeGet();
    assertEquals(last.data.length, 10);
    (last.data.buffer as ArrayBuffer).transfer();
    pool.uninit();
    pool.unsafeRelease(last);
    assertEmpty(core);
  });

  it("throws beyond the budget, and takes nothing", () => {
    const core = makeCore({ limitBytes: 15 });
    const pool = core.buffers.poolInit(10);
    const buffer = pool.unsafeGet();
    assertCode("OVER_BUDGET", () => pool.unsafeGet());
    assertEquals(pool.stats().out, 1);
    pool.unsafeRelease(buffer);
    pool.uninit();
    assertEmpty(core);
  });
});
