import { describe } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type BufferRef, MediaError } from "@mediamem/interface";
import { pointerArray } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { AllocationLedger } from "@mediamem/ledger";
import { AVUTIL_ABIS } from "../abi.ts";
import { AllocationCap } from "../allocation_cap.ts";
import { BufferAccount } from "../buffer_account.ts";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";
import { BufferContext } from "./buffer_context.ts";
import { NativeBuffers } from "./buffers.ts";
import { rawAvutil } from "./testdata/raw_avutil_test.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("a pool of libavutil whose buffers the program makes", () => {
  it("hands them out as they are first, and rebuilt later", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const given: BufferRef[] = [];
    const pool = buffers.poolInit(50, {
      allocate(size) {
        const ref = buffers.create(new Uint8Array(size + 40), {
          opaque: `nr ${given.length}`,
          readOnly: true,
        });
        ref.narrow(32, 57);
        given.push(ref);
        return ref;
      },
    });
    const ref = pool.get();
    assertStrictEquals(ref, given[0]);
    assertEquals([ref.size, ref.readOnly, ref.isWritable, ref.refCount, ref.poolOpaque], [
      57,
      true,
      false,
      1,
      "nr 0",
    ]);
    assertEquals(typeof ref.opaque, "number");
    const { address } = ref;
    ref.unref();
    const again = pool.get();
    assertEquals([again.size, again.address, again.readOnly, again.isWritable, again.poolOpaque], [
      50,
      address - 32,
      false,
      true,
      "nr 0",
    ]);
    assertEquals([given.length, ledger.live, ledger.bytes], [1, 1, 0]);
    again.unref();
    pool.uninit();
    assertEquals([ledger.live, ledger.bytes, buffers.settle()], [0, 0, 0]);
  });

  it("frees them in C's order: what came back last first, the pool at the end", () => {
    const { buffers } = avutil;
    const freed: unknown[] = [];
    let made = 0;
    const pool = buffers.poolInit(8, {
      allocate: (size) =>
        buffers.create(new Uint8Array(size), { opaque: made++, free: (opaque) => freed.push(opaque) }),
      free: () => freed.push("pool"),
    });
    const refs = [0, 1, 2, 3, 4].map(() => pool.get());
    for (const i of [3, 0]) refs[i]!.unref();
    pool.uninit();
    assertEquals(freed, [0, 3]);
    for (const i of [2, 4]) refs[i]!.unref();
    assertEquals(freed, [0, 3]);
    refs[1]!.unref();
    assertEquals(freed, [0, 3, 1, 4, 2, "pool"]);
    assertEquals([pool.stats().freed, buffers.settle()], [5, 0]);
  });

  it("counts memory that libavutil has until it is freed", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const pool = buffers.poolInit(8, {
      allocate: (size) => buffers.alloc(size + 2),
      poison: 5,
      preallocate: 2,
    });
    assertEquals([ledger.live, ledger.bytes, pool.stats().idle], [0, 20, 2]);
    const refs = [pool.get(), pool.get(), pool.get()];
    assertEquals([ledger.live, ledger.bytes, refs[0]!.data[7]], [3, 30, 5]);
    assertEquals(refs.map(({ size }) => size), [8, 8, 10]);
    for (const ref of refs) ref.unref();
    assertEquals([pool.trim(), ledger.live, ledger.bytes], [3, 0, 0]);
    pool.get().unref();
    pool.uninit();
    assertEquals([ledger.live, ledger.bytes, pool.stats().freed], [0, 0, 4]);
  });

  it("does not let C resize them in place: it would hand out the old memory", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const pool = buffers.poolInit(8, { allocate: (size) => buffers.realloc(null, size) });
    const ref = pool.get();
    const { address } = ref;
    ref.data.fill(4);
    buffers.realloc(ref, 100_000);
    assertEquals([...ref.data.subarray(0, 8)], Array(8).fill(4));
    const again = pool.get();
    assertEquals([again.address, again.data.length, pool.stats().hits], [address, 8, 1]);
    again.unref();
    ref.unref();
    pool.uninit();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("may be another pool's buffers, which go back there", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const outer = buffers.poolInit(20);
    const inner = buffers.poolInit(8, { allocate: () => outer.get() });
    const ref = inner.get();
    assertEquals([outer.stats().out, inner.stats().out], [1, 1]);
    ref.unref();
    inner.get().unref();
    assertEquals([outer.stats().out, inner.stats().idle, ledger.bytes], [1, 1, 20]);
    inner.uninit();
    assertEquals([outer.stats().out, outer.stats().idle, inner.stats().freed], [0, 1, 1]);
    outer.uninit();
    assertEquals([ledger.live, ledger.bytes, buffers.settle()], [0, 0, 0]);
  });

  it("takes no buffer that is too small, its own, dead, of another backend, or none", () => {
    using backend = loadAvutil();
    using other = loadAvutil();
    const { buffers, ledger } = backend;
    let give: () => unknown = () => null;
    const pool = buffers.poolInit(8, { max: 2, allocate: () => give() as BufferRef });
    assertEquals(codeOf(() => pool.get()), "ENOMEM");
    give = () => buffers.alloc(7);
    assertEquals(codeOf(() => pool.get()), "EINVAL");
    give = () => {
      const ref = buffers.alloc(8);
      ref.unref();
      return ref;
    };
    assertEquals(codeOf(() => pool.get()), "USE_AFTER_FREE");
    const foreign = other.buffers.alloc(8);
    give = () => foreign;
    assertEquals(codeOf(() => pool.get()), "WRONG_OWNER");
    foreign.unref();
    for (const thing of [5, {}, undefined]) {
      give = () => thing;
      assertThrows(() => pool.get(), TypeError);
    }
    const boom = new Error("boom");
    give = () => {
      throw boom;
    };
    assertStrictEquals(assertThrows(() => pool.get()), boom);
    for (const use of [() => pool.get(), () => pool.trim(), () => pool.uninit(), () => pool.tryGet()]) {
      give = use;
      assertEquals(codeOf(() => pool.get()), "LOCKED");
    }
    assertEquals([pool.stats().out, pool.stats().misses, ledger.live, ledger.bytes], [0, 0, 0, 0]);
    give = () => buffers.alloc(8);
    const ref = pool.get();
    give = () => ref;
    assertEquals(codeOf(() => pool.get()), "WRONG_OWNER");
    ref.unref();
    pool.uninit();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("gives everything back where some of the first ones cannot be made", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const freed: unknown[] = [];
    let made = 0;
    const error = assertThrows(() =>
      buffers.poolInit(8, {
        preallocate: 3,
        free: () => freed.push("pool"),
        allocate: (size) =>
          made === 2 ? null : buffers.create(new Uint8Array(size), {
            opaque: made++,
            free: (opaque) => freed.push(opaque),
          }),
      }), MediaError);
    assertEquals(error.code, "ENOMEM");
    assertEquals([freed, ledger.live], [[1, 0], 0]);
  });

  it("gets what was checked where an option changes between two looks", () => {
    const { buffers } = avutil;
    for (let reads = 1; reads < 6; reads++) {
      let read = 0;
      const options = {
        get allocate(): ((size: number) => BufferRef) | number {
          return read++ < reads ? (size) => buffers.alloc(size) : 4096;
        },
      };
      using pool = buffers.poolInit(8, options);
      pool.get().unref();
    }
  });

  it("cannot be given to C", () => {
    const { buffers } = avutil;
    using pool = buffers.poolInit(8, { allocate: (size) => buffers.alloc(size) });
    assertEquals(codeOf(() => pool.pointer), "EINVAL");
  });
});

describe("a pool of a libavutil that is older than 56.70", () => {
  it("gets its buffers from us, since it has no allocator of its own, and no sizes beyond an int", () => {
    using library = rawAvutil();
    const { major } = testedAvutil();
    const ledger = new AllocationLedger();
    const old = {
      symbols: library.symbols,
      version: { major: 56 as const, minor: 51, micro: 100 },
      abi: AVUTIL_ABIS.find((abi) => abi.major === major)!,
    };
    const context = new BufferContext(
      old,
      ledger,
      new BufferAccount(ledger),
      new AllocationCap(old, ledger),
      {
        av_buffer_ref: library.address("av_buffer_ref"),
        av_buffer_unref: library.address("av_buffer_unref"),
      },
    );
    const buffers = new NativeBuffers(context);
    let freed = 0;
    const pool = buffers.poolInit(8, { free: () => freed++ });
    const ref = pool.get();
    assertEquals([ref.size, ref.poolOpaque, ledger.bytes], [8, null, 8]);
    ref.unref();
    pool.uninit();
    assertEquals([freed, pool.stats().freed, ledger.live, ledger.bytes], [1, 1, 0, 0]);
    for (const call of [() => buffers.alloc(2 ** 32 + 5), () => buffers.poolInit(2 ** 32)]) {
      assertEquals(codeOf(call), "ENOMEM");
    }
    context.signals.close();
  });
});

describe("a buffer that a program made and C did not want", () => {
  it("is the pool's all the same", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    let made: BufferRef | null = null;
    const pool = buffers.poolInit(50, { allocate: (size) => made = buffers.alloc(size) });
    const first = pool.get();
    const theirs = pointerArray(1);
    theirs.set(0, library.symbols.av_buffer_ref(first.pointer));
    first.unref();
    library.symbols.av_buffer_unref(theirs.bytes);
    // We do not know yet that C has it again, and have a second one made.
    const again = pool.get();
    assertEquals([again.size, made === first], [50, false]);
    assertEquals(codeOf(() => made!.unref()), "USE_AFTER_FREE");
    assertEquals(codeOf(() => buffers.realloc(made, 1)), "USE_AFTER_FREE");
    const next = pool.get();
    assertEquals([next.size, next.data.length, pool.stats().misses], [50, 50, 2]);
    again.unref();
    next.unref();
    pool.uninit();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });
});

describe("a pool of libavutil with a native allocator", () => {
  it("lets C make the buffers", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    const pool = buffers.poolInit(16, { allocate: library.address("av_buffer_allocz"), poison: 9 });
    const ref = pool.get();
    assertEquals([...ref.data], Array(16).fill(0));
    const { address } = ref;
    ref.unref();
    const again = pool.get();
    assertEquals([again.address, again.data[3], again.poolOpaque], [address, 9, null]);
    assertEquals([pool.stats().hits, pool.stats().misses, ledger.bytes], [1, 1, 16]);
    assertEquals([pool.trim(), pool.pointer > 0], [0, true]);
    pool.uninit();
    assertEquals(pool.stats().freed, 0);
    again.unref();
    assertEquals([pool.stats().freed, ledger.live, ledger.bytes], [1, 0, 0]);
  });
});
