import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { BufferRef } from "@mediamem/interface";
import { assertCode, assertEmpty, figures, makeCore } from "./testdata/core_test.ts";

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
