import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { AVERROR, type BufferRef } from "@mediamem/interface";
import { assertCode, assertEmpty, makeCore } from "./testdata/core_test.ts";

describe("alloc and allocz", () => {
  for (const size of [0, 1, 7, 64, 4097]) {
    it(`give a buffer of ${size} bytes with one reference`, () => {
      const core = makeCore();
      for (const ref of [core.buffers.alloc(size), core.buffers.allocz(size)]) {
        assertEquals([ref.size, ref.data.length, ref.refCount], [size, size, 1]);
        assertEquals([ref.live, ref.isWritable, ref.readOnly, ref.opaque], [true, true, false, null]);
        assert(ref.address > 0 && ref.address % 64 === 0);
        assert(ref.data.every((byte) => byte === 0));
        ref.unref();
      }
      assertEmpty(core);
    });
  }

  it("take -0 for 0", () => {
    const ref = makeCore().buffers.alloc(-0);
    assertEquals([ref.size, ref.data.length], [0, 0]);
  });

  it("give each buffer addresses of its own", () => {
    const { buffers } = makeCore();
    const [a, b, c] = [buffers.alloc(100), buffers.alloc(0), buffers.alloc(1)];
    assert(a.address + 100 <= b.address && b.address < c.address);
  });

  it("refuse what is no size, and count nothing", () => {
    const core = makeCore();
    for (const call of [core.buffers.alloc, core.buffers.allocz]) {
      for (const wrong of [1.5, NaN, Infinity, "1", null, undefined, 1n, {}]) {
        assertThrows(() => call.call(core.buffers, wrong as number), TypeError, "wanted a safe integer");
      }
      assertCode("EINVAL", () => call.call(core.buffers, -1), "size is -1, wanted at least 0");
    }
    assertEmpty(core);
  });

  it("have no memory beyond the cap, beyond the budget and beyond the machine", () => {
    const core = makeCore({ limitBytes: 1000 });
    const error = assertCode("ENOMEM", () => core.buffers.alloc(2147483648), "2147483648 bytes");
    assertEquals([error.op, error.averror], ["av_buffer_alloc", AVERROR.ENOMEM]);
    assertCode("OVER_BUDGET", () => core.buffers.alloc(1001));
    core.ledger.limitBytes = Infinity;
    core.limit.maxAlloc = 2 ** 53;
    assert(assertCode("ENOMEM", () => core.buffers.allocz(2 ** 52)).cause instanceof RangeError);
    assertEmpty(core);
    assertEquals(core.ledger.peak, 2 ** 52);
  });

  it("count a buffer's bytes once and each reference as alive", () => {
    const { buffers, ledger } = makeCore();
    const a = buffers.alloc(100);
    const b = a.ref();
    assertEquals([ledger.live, ledger.bytes], [2, 100]);
    a.unref();
    assertEquals([ledger.live, ledger.bytes], [1, 100]);
    b.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });
});

describe("a reference", () => {
  it("shares the buffer, so that none of several may write", () => {
    const { buffers } = makeCore();
    const a = buffers.alloc(5);
    a.data.set([1, 2, 3, 4, 5]);
    const b = a.ref();
    assertEquals([a.refCount, b.refCount, a.isWritable, b.isWritable], [2, 2, false, false]);
    assertEquals([...b.data], [1, 2, 3, 4, 5]);
    assertEquals(b.address, a.address);
    assertEquals([a.getMut(), b.getMut()], [null, null]);
    a.unref();
    assertEquals([b.refCount, b.isWritable], [1, true]);
    assertStrictEquals(b.getMut(), b.data);
    b.unref();
  });

  it("gives the same view as long as it shows the same bytes", () => {
    const ref = makeCore().buffers.alloc(9);
    const { data } = ref;
    assertStrictEquals(ref.data, data);
    ref.narrow(1, 3);
    assertEquals(ref.data.byteOffset, 1);
    assertEquals(data.length, 9);
  });

  it("is narrowed alone, and hands its part on to new references", () => {
    const { buffers } = makeCore();
    const a = buffers.alloc(10);
    a.data.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const whole = a.ref();
    a.narrow(3, 5);
    assertEquals([...a.data], [3, 4, 5, 6, 7]);
    assertEquals([a.size, a.address - whole.address, whole.size], [5, 3, 10]);
    const b = a.ref();
    assertEquals([b.size, b.address], [5, a.address]);
    b.narrow(1, 0);
    assertEquals([b.size, b.address - whole.address, b.data.length], [0, 4, 0]);
    a.narrow(5, 0);
    assertEquals(a.address - whole.address, 8);
  });

  it("is not narrowed to more than it shows", () => {
    const ref = makeCore().buffers.alloc(10);
    ref.narrow(2, 6);
    for (const [offset, size] of [[0, 7], [7, 0], [6, 1], [Number.MAX_SAFE_INTEGER, 1]] as const) {
      assertCode("EINVAL", () => ref.narrow(offset, size), "wanted a part of its 6");
    }
    assertCode("EINVAL", () => ref.narrow(-1, 1), "offset is -1");
    assertCode("EINVAL", () => ref.narrow(0, -1), "size is -1");
    assertThrows(() => ref.narrow(0.5, 1), TypeError);
    assertThrows(() => ref.narrow(0, "1" as unknown as number), TypeError);
    assertEquals([ref.size, ref.data.byteOffset], [6, 2]);
  });

  it("is moved into a new handle by take, views and all", () => {
    const core = makeCore();
    const a = core.buffers.alloc(10);
    a.narrow(2, 5);
    const { data } = a;
    const b = a.take();
    assertEquals([a.live, b.live, b.refCount, b.size, data.length], [false, true, 1, 5, 5]);
    assertStrictEquals(b.data, data);
    assertEquals([core.ledger.live, core.ledger.bytes], [1, 10]);
    a[Symbol.dispose]();
    assertEquals(b.live, true);
    b.unref();
    assertEmpty(core);
  });

  it("is given back at the end of a using scope, once", () => {
    const core = makeCore();
    {
      using a = core.buffers.alloc(3);
      using b = a.ref();
      b.unref();
    }
    assertEmpty(core);
  });
});

describe("the views of a buffer", () => {
  it("die with the last reference, all of them", () => {
    const { buffers } = makeCore();
    const a = buffers.alloc(10);
    const first = a.data;
    const b = a.ref();
    b.narrow(5, 5);
    const part = b.data;
    const words = new Uint16Array(first.buffer, 2, 3);
    a.unref();
    assertEquals([first.length, part.length, words.length], [10, 5, 3]);
    b.unref();
    assertEquals([first.length, part.length, words.length], [0, 0, 0]);
  });

  it("are not missed where the program moved the memory away", () => {
    const core = makeCore();
    const ref = core.buffers.alloc(10);
    const twin = ref.ref();
    const mine = (ref.data.buffer as ArrayBuffer).transfer();
    assertEquals(ref.data.length, 0);
    assertCode("USE_AFTER_FREE", () => twin.data, "moved away");
    assertCode("USE_AFTER_FREE", () => ref.makeWritable(), "moved away");
    assertCode("USE_AFTER_FREE", () => core.buffers.realloc(ref, 5), "moved away");
    ref.unref();
    twin.unref();
    assertEquals(mine.byteLength, 10);
    assertEmpty(core);
  });
});

describe("makeWritable and makeMut", () => {
  it("leave a writable reference alone", () => {
    const { buffers } = makeCore();
    const ref = buffers.alloc(5);
    const { address, data } = ref;
    ref.makeWritable();
    assertStrictEquals(ref.makeMut(), data);
    assertEquals(ref.address, address);
  });

  it("copy what a shared reference shows into a buffer without opaque", () => {
    const core = makeCore();
    const brought = Uint8Array.from([1, 2, 3, 4, 5, 6, 7]);
    const a = core.buffers.create(brought, { opaque: "mine" });
    const b = a.ref();
    b.narrow(2, 3);
    assertEquals([...b.makeMut()], [3, 4, 5]);
    assertEquals([b.opaque, a.opaque, b.size, a.refCount, b.refCount], [null, "mine", 3, 1, 1]);
    assertEquals([b.isWritable, b.readOnly], [true, false]);
    assertNotEquals(b.address, a.address + 2);
    b.data.fill(9);
    assertEquals([...brought], [1, 2, 3, 4, 5, 6, 7]);
    assertEquals([core.ledger.live, core.ledger.bytes], [2, 3]);
    a.unref();
    b.unref();
    assertEmpty(core);
  });

  it("copy a read-only buffer, though its reference is the only one, and free it", () => {
    let freed = 0;
    const { buffers } = makeCore();
    const ref = buffers.create(Uint8Array.of(1, 2, 3), { readOnly: true, free: () => freed++ });
    assertEquals([ref.readOnly, ref.isWritable, ref.refCount, ref.getMut()], [true, false, 1, null]);
    ref.makeWritable();
    assertEquals([...ref.data, freed], [1, 2, 3, 1]);
    assertEquals([ref.readOnly, ref.isWritable], [false, true]);
  });

  it("copy no bytes of an empty read-only buffer", () => {
    const ref = makeCore().buffers.create(new Uint8Array(0), { readOnly: true });
    ref.makeWritable();
    assertEquals([ref.size, ref.isWritable], [0, true]);
  });

  it("change nothing where there is no memory", () => {
    const core = makeCore({ limitBytes: 15 });
    const a = core.buffers.alloc(10);
    const b = a.ref();
    const { data } = b;
    assertCode("OVER_BUDGET", () => b.makeWritable());
    core.limit.maxAlloc = 9;
    assertEquals(assertCode("ENOMEM", () => b.makeMut()).op, "av_buffer_make_writable");
    assertStrictEquals(b.data, data);
    assertEquals([a.refCount, core.ledger.live, core.ledger.bytes], [2, 2, 10]);
  });
});

describe("a dead reference", () => {
  const uses: Record<string, (ref: BufferRef) => unknown> = {
    address: (ref) => ref.address,
    size: (ref) => ref.size,
    data: (ref) => ref.data,
    refCount: (ref) => ref.refCount,
    isWritable: (ref) => ref.isWritable,
    readOnly: (ref) => ref.readOnly,
    opaque: (ref) => ref.opaque,
    poolOpaque: (ref) => ref.poolOpaque,
    ref: (ref) => ref.ref(),
    take: (ref) => ref.take(),
    narrow: (ref) => ref.narrow(0, 0),
    getMut: (ref) => ref.getMut(),
    makeMut: (ref) => ref.makeMut(),
    makeWritable: (ref) => ref.makeWritable(),
  };

  for (const [name, use] of Object.entries(uses)) {
    it(`refuses ${name}`, () => {
      const core = makeCore();
      const given = core.buffers.alloc(5);
      given.unref();
      assertCode("USE_AFTER_FREE", () => use(given), "the reference was given back, wanted a live one");
      const taken = core.buffers.alloc(5);
      const taker = taken.take();
      assertCode("USE_AFTER_FREE", () => use(taken), "the reference was taken, wanted a live one");
      taker.unref();
      assertEmpty(core);
    });
  }

  it("is given back once: twice is a double free, after take a use after free", () => {
    const core = makeCore();
    const a = core.buffers.alloc(5);
    const b = a.ref();
    a.unref();
    assertEquals(assertCode("DOUBLE_FREE", () => a.unref()).op, "av_buffer_unref");
    assertEquals([b.refCount, b.data.length], [1, 5]);
    const c = b.take();
    assertCode("USE_AFTER_FREE", () => b.unref(), "taken");
    c.unref();
    assertEmpty(core);
  });

  it("is no argument of realloc and replace", () => {
    const core = makeCore();
    const { buffers } = core;
    const dead = buffers.alloc(5);
    dead.unref();
    const live = buffers.alloc(5);
    assertCode("USE_AFTER_FREE", () => buffers.realloc(dead, 5), "av_buffer_realloc");
    assertCode("USE_AFTER_FREE", () => buffers.replace(dead, live), "av_buffer_replace");
    assertCode("USE_AFTER_FREE", () => buffers.replace(live, dead), "av_buffer_replace");
    assertCode("USE_AFTER_FREE", () => buffers.replace(dead, null), "av_buffer_replace");
    assertCode("USE_AFTER_FREE", () => buffers.replace(null, dead), "av_buffer_replace");
    assertEquals([live.refCount, core.ledger.live], [1, 1]);
  });

  it("names where it was taken and given back while tracing keeps stacks", () => {
    const { buffers } = makeCore({ tracing: "all" });
    const ref = buffers.alloc(5);
    ref.unref();
    const { message } = assertCode("DOUBLE_FREE", () => ref.unref());
    assert(
      /; taken at .*buffer_ref_test\.ts:\d+:\d+\), given back at .*buffer_ref_test\.ts/.test(message),
      message,
    );
    assert(/; taken at .*given back at /.test(assertCode("USE_AFTER_FREE", () => ref.data).message));
  });
});

describe("a reference that is none", () => {
  it("is refused by name", () => {
    const { buffers } = makeCore();
    for (const wrong of [undefined, 5, "ref", {}, new Uint8Array(4), { live: true, unref() {} }]) {
      const ref = wrong as BufferRef;
      assertThrows(() => buffers.realloc(ref, 5), TypeError, "wanted a BufferRef of core-ts");
      assertThrows(() => buffers.replace(ref, null), TypeError, "dst is");
      assertThrows(() => buffers.replace(null, ref), TypeError, "src is");
    }
  });

  it("is refused where it is of another backend, which counts it", () => {
    const [mine, other] = [makeCore(), makeCore()];
    const ref = other.buffers.alloc(5);
    const own = mine.buffers.alloc(5);
    for (
      const call of [
        () => mine.buffers.realloc(ref, 6),
        () => mine.buffers.replace(own, ref),
        () => mine.buffers.replace(ref, null),
        () => mine.buffers.poolInit(5, { allocate: () => ref }).get(),
      ]
    ) assertCode("WRONG_OWNER", call, "is of another backend, wanted one of this");
    assertCode("WRONG_OWNER", () => mine.buffers.poolInit(5).release(ref), "wanted one of this pool");
    assertEquals([ref.live, ref.refCount, own.live], [true, 1, true]);
  });
});
