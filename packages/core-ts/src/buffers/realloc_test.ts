import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { assertCode, assertEmpty, makeCore } from "./testdata/core_test.ts";

describe("realloc", () => {
  it("of null makes a buffer", () => {
    const core = makeCore();
    for (const size of [0, 5, 64]) {
      const ref = core.buffers.realloc(null, size);
      assertEquals([ref.size, ref.data.length, ref.refCount, ref.isWritable], [size, size, 1, true]);
      assertEquals(ref.opaque, null);
      ref.unref();
    }
    assertEmpty(core);
  });

  it("gives the reference itself, content kept up to the smaller size", () => {
    const core = makeCore();
    const ref = core.buffers.realloc(null, 4);
    ref.data.set([1, 2, 3, 4]);
    const old = ref.data;
    assertStrictEquals(core.buffers.realloc(ref, 7), ref);
    assertEquals([...ref.data], [1, 2, 3, 4, 0, 0, 0]);
    assertEquals([old.length, ref.size, core.ledger.bytes, core.ledger.live], [0, 7, 7, 1]);
    core.buffers.realloc(ref, 3);
    assertEquals([...ref.data, core.ledger.bytes], [1, 2, 3, 3]);
    core.buffers.realloc(ref, 0);
    assertEquals([ref.size, ref.data.length, ref.refCount, core.ledger.bytes], [0, 0, 1, 0]);
    core.buffers.realloc(ref, 2);
    assertEquals(ref.data.length, 2);
    ref.unref();
    assertEmpty(core);
  });

  it("to the same size does nothing, whatever the buffer is", () => {
    const { buffers } = makeCore();
    const shared = buffers.create(new Uint8Array(5), { opaque: 1, readOnly: true });
    const other = shared.ref();
    const { address, data } = shared;
    assertStrictEquals(buffers.realloc(shared, 5), shared);
    assertStrictEquals(shared.data, data);
    assertEquals([shared.address, shared.opaque, other.refCount], [address, 1, 2]);
    // The size of the reference counts, not the buffer's.
    other.narrow(1, 3);
    buffers.realloc(other, 3);
    assertEquals([other.address, shared.refCount], [address + 1, 2]);
  });

  it("moves a buffer that it did not make, once: after that in place", () => {
    const { buffers } = makeCore();
    let freed = 0;
    const ref = buffers.create(Uint8Array.of(1, 2, 3), { opaque: 1, free: () => freed++ });
    buffers.realloc(ref, 5);
    assertEquals([...ref.data, freed, ref.opaque], [1, 2, 3, 0, 0, 1, null]);
    const allocated = buffers.alloc(3);
    const { buffer } = allocated.data;
    buffers.realloc(allocated, 2);
    assertEquals((buffer as ArrayBuffer).detached, true);
    assertEquals(allocated.size, 2);
  });

  it("moves a shared buffer and leaves the other reference its bytes", () => {
    const core = makeCore();
    const a = core.buffers.realloc(null, 4);
    a.data.set([1, 2, 3, 4]);
    const b = a.ref();
    core.buffers.realloc(a, 3);
    assertEquals([...a.data, ...b.data], [1, 2, 3, 1, 2, 3, 4]);
    assertEquals([a.refCount, b.refCount, core.ledger.bytes], [1, 1, 7]);
    assertNotEquals(a.address, b.address);
    a.unref();
    b.unref();
    assertEmpty(core);
  });

  it("moves what does not start where its buffer does", () => {
    const core = makeCore();
    const ref = core.buffers.realloc(null, 6);
    ref.data.set([1, 2, 3, 4, 5, 6]);
    ref.narrow(2, 4);
    core.buffers.realloc(ref, 5);
    assertEquals([...ref.data, core.ledger.bytes], [3, 4, 5, 6, 0, 5]);
  });

  it("resizes in place what was narrowed at the end only, so that the rest comes back", () => {
    const core = makeCore();
    const ref = core.buffers.realloc(null, 4);
    ref.data.set([1, 2, 3, 4]);
    ref.narrow(0, 2);
    core.buffers.realloc(ref, 3);
    assertEquals([...ref.data, core.ledger.bytes], [1, 2, 3, 3]);
    // The same for one that had to move before.
    const moved = core.buffers.realloc(core.buffers.alloc(9), 4);
    moved.data.set([5, 6, 7, 8]);
    moved.narrow(0, 2);
    core.buffers.realloc(moved, 3);
    assertEquals([...moved.data], [5, 6, 7]);
  });

  it("changes nothing where there is no memory", () => {
    const core = makeCore({ limitBytes: 20 });
    const inPlace = core.buffers.realloc(null, 4);
    const moves = core.buffers.alloc(5);
    for (const ref of [inPlace, moves]) {
      const { data, address, size } = ref;
      assertCode("OVER_BUDGET", () => core.buffers.realloc(ref, 2000));
      assertCode("ENOMEM", () => core.buffers.realloc(ref, 2147483648));
      core.limit.maxAlloc = 2 ** 53;
      core.ledger.limitBytes = Infinity;
      assert(assertCode("ENOMEM", () => core.buffers.realloc(ref, 2 ** 52)).cause instanceof RangeError);
      core.limit.maxAlloc = 2147483647;
      core.ledger.limitBytes = 20;
      assertCode("EINVAL", () => core.buffers.realloc(ref, -1));
      assertThrows(() => core.buffers.realloc(ref, 1.5), TypeError);
      assertStrictEquals(ref.data, data);
      assertEquals([ref.address, ref.size, data.length], [address, size, size]);
    }
    assertEquals([core.ledger.live, core.ledger.bytes], [2, 9]);
    assertCode("EINVAL", () => core.buffers.realloc(null, -1));
    assertThrows(() => core.buffers.realloc(null, NaN), TypeError);
    assertEquals([core.ledger.live, core.ledger.bytes], [2, 9]);
  });
});

describe("replace", () => {
  it("of null by null gives null, of a reference by null gives it back", () => {
    const core = makeCore();
    assertEquals(core.buffers.replace(null, null), null);
    const ref = core.buffers.alloc(4);
    assertEquals(core.buffers.replace(ref, null), null);
    assertEquals(ref.live, false);
    assertEmpty(core);
  });

  it("of null gives a new reference, with the same part", () => {
    const core = makeCore();
    const src = core.buffers.alloc(10);
    src.narrow(3, 4);
    const dst = core.buffers.replace(null, src)!;
    assertEquals([dst.address, dst.size, src.refCount], [src.address, 4, 2]);
    dst.unref();
    src.unref();
    assertEmpty(core);
  });

  it("by another buffer lets the old one go", () => {
    const core = makeCore();
    let freed = 0;
    const dst = core.buffers.create(new Uint8Array(3), { free: () => freed++ });
    const src = core.buffers.alloc(5);
    assertStrictEquals(core.buffers.replace(dst, src), dst);
    assertEquals([dst.address, dst.size, src.refCount, dst.refCount, freed], [src.address, 5, 2, 2, 1]);
    dst.unref();
    src.unref();
    assertEmpty(core);
  });

  it("by the same buffer takes over data and size only", () => {
    const core = makeCore();
    const src = core.buffers.alloc(10);
    const dst = src.ref();
    src.narrow(2, 5);
    const { data } = dst;
    assertStrictEquals(core.buffers.replace(dst, src), dst);
    assertEquals([dst.address, dst.size, src.refCount], [src.address, 5, 2]);
    assertEquals([dst.data.byteOffset, data.length, core.ledger.live], [2, 10, 2]);
    assertStrictEquals(core.buffers.replace(dst, dst), dst);
    assertEquals([dst.size, dst.refCount], [5, 2]);
    dst.unref();
    src.unref();
    assertEmpty(core);
  });
});

describe("the cap on one request", () => {
  // What libavutil allocates beside the bytes: an AVBuffer of 48 and an AVBufferRef of 24.
  it("holds for the structs too", () => {
    const core = makeCore();
    const ref = core.buffers.alloc(4);
    core.limit.maxAlloc = 47;
    for (
      const call of [
        () => core.buffers.alloc(0),
        () => core.buffers.create(new Uint8Array(1)),
        () => core.buffers.realloc(null, 1),
        () => core.buffers.realloc(ref, 1),
      ]
    ) assertCode("ENOMEM", call, "48 bytes");
    const twin = ref.ref();
    assertCode("ENOMEM", () => twin.makeWritable(), "48 bytes");
    core.limit.maxAlloc = 23;
    assertCode("ENOMEM", () => ref.ref(), "24 bytes");
    assertCode("ENOMEM", () => core.buffers.replace(null, ref), "24 bytes");
    core.limit.maxAlloc = 48;
    const other = core.buffers.alloc(48);
    core.limit.maxAlloc = 23;
    assertCode("ENOMEM", () => core.buffers.replace(other, ref), "24 bytes");
    for (const one of [ref, twin, other]) one.unref();
    assertEmpty(core);
  });
});
