import { describe } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("copy on write over libavutil", () => {
  it("gives the bytes for writing only to who is alone", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const first = buffers.allocz(9);
    assertStrictEquals(first.getMut(), first.data);
    const second = first.ref();
    assertEquals([first.getMut(), second.getMut()], [null, null]);
    second.narrow(3, 4);
    const { data } = second;
    const own = second.makeMut();
    own.fill(5);
    assertEquals([own.length, first.data[4], data[1]], [4, 0, 0]);
    assertEquals([first.refCount, second.refCount, ledger.live, ledger.bytes], [1, 1, 2, 13]);
    second.makeWritable();
    assertStrictEquals(second.data, own);
    first.unref();
    assertEquals([data.length, own.length], [0, 4]);
    second.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("changes nothing where there is no memory or no budget", () => {
    using backend = loadAvutil();
    const { buffers, memory, ledger } = backend;
    using first = buffers.allocz(200);
    using second = first.ref();
    const { data } = second;
    memory.maxAlloc(100);
    assertEquals(codeOf(() => second.makeWritable()), "ENOMEM");
    memory.maxAlloc(2 ** 31 - 1);
    ledger.limitBytes = 399;
    assertEquals(codeOf(() => second.makeMut()), "OVER_BUDGET");
    assertEquals([second.refCount, second.data === data, ledger.live, ledger.bytes], [2, true, 2, 200]);
  });

  it("moves off memory that can never be written", () => {
    using backend = loadAvutil();
    const freed: number[] = [];
    const ref = backend.buffers.create(Uint8Array.of(1, 2, 3), {
      readOnly: true,
      opaque: 8,
      free: (opaque) => freed.push(opaque as number),
    });
    assertEquals([ref.readOnly, ref.isWritable, ref.refCount, ref.getMut()], [true, false, 1, null]);
    const bytes = ref.makeMut();
    assertEquals([[...bytes], ref.readOnly, ref.isWritable, ref.opaque, freed], [
      [1, 2, 3],
      false,
      true,
      null,
      [8],
    ]);
    ref.unref();
    assertEquals([freed, bytes.length], [[8], 0]);
  });
});

describe("realloc() of buffers of libavutil", () => {
  it("moves to a buffer that it can resize, and resizes that in place", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const ref = buffers.alloc(5);
    ref.data.set([1, 2, 3, 4, 5]);
    const before = ref.data;
    assertStrictEquals(buffers.realloc(ref, 5).data, before);
    assertStrictEquals(buffers.realloc(ref, 9), ref);
    assertEquals([before.length, [...ref.data.subarray(0, 5)], ledger.live, ledger.bytes], [
      0,
      [1, 2, 3, 4, 5],
      1,
      9,
    ]);
    const own = ref.data;
    buffers.realloc(ref, 100_000);
    assertEquals([own.length, ref.size, ref.data.length, [...ref.data.subarray(0, 5)]], [
      0,
      100_000,
      100_000,
      [
        1,
        2,
        3,
        4,
        5,
      ],
    ]);
    buffers.realloc(ref, 2);
    assertEquals([[...ref.data], ledger.live, ledger.bytes], [[1, 2], 1, 2]);
    buffers.realloc(ref, 0);
    assertEquals([ref.size, ref.data.length, ledger.bytes], [0, 0, 0]);
    ref.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("leaves the other references what they have", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const ref = buffers.realloc(null, 6);
    ref.data.fill(3);
    const other = ref.ref();
    const { data } = other;
    buffers.realloc(ref, 3);
    assertEquals([ref.refCount, other.refCount, data.length, ref.data.length, ledger.bytes], [1, 1, 6, 3, 9]);
    const part = ref.ref();
    part.narrow(1, 2);
    ref.unref();
    buffers.realloc(part, 4);
    assertEquals([[...part.data.subarray(0, 2)], ledger.live, ledger.bytes], [[3, 3], 2, 10]);
    part.unref();
    other.unref();
  });

  it("changes nothing where there is no memory or no budget", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    for (const make of [() => buffers.alloc(100), () => buffers.realloc(null, 100)]) {
      const ref = make();
      const { data } = ref;
      ledger.limitBytes = 150;
      assertEquals(codeOf(() => buffers.realloc(ref, 151)), "OVER_BUDGET");
      assertEquals(data.length, 100);
      ledger.limitBytes = Infinity;
      assertEquals(codeOf(() => buffers.realloc(ref, 2 ** 40)), "ENOMEM");
      assertEquals(codeOf(() => buffers.realloc(ref, -1)), "EINVAL");
      assertThrows(() => buffers.realloc(ref, 1.5), TypeError);
      assertEquals([ref.size, ref.data.length, ledger.live, ledger.bytes], [100, 100, 1, 100]);
      ref.unref();
    }
  });
});

describe("replace() of libavutil", () => {
  it("does what C does for every pair", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    assertEquals(buffers.replace(null, null), null);
    const src = buffers.allocz(5);
    const copy = buffers.replace(null, src)!;
    assertEquals([copy.address, src.refCount], [src.address, 2]);
    const dst = buffers.alloc(7);
    const { data } = dst;
    assertStrictEquals(buffers.replace(dst, src), dst);
    assertEquals([dst.address, dst.size, src.refCount, data.length, ledger.bytes], [src.address, 5, 3, 0, 5]);
    src.narrow(1, 2);
    buffers.replace(dst, src);
    assertEquals([dst.address, dst.size, dst.data.length, src.refCount], [src.address, 2, 2, 3]);
    assertStrictEquals(buffers.replace(dst, dst), dst);
    assertEquals([buffers.replace(dst, null), dst.live], [null, false]);
    src.unref();
    copy.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });
});
