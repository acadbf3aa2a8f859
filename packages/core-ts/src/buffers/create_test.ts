import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { BufferOptions } from "@mediamem/interface";
import { assertCode, assertEmpty, makeCore } from "./testdata/core_test.ts";

describe("create", () => {
  it("wraps the program's bytes without a copy, and does not count them", () => {
    const core = makeCore();
    const memory = new Uint8Array(20);
    const part = memory.subarray(3, 10);
    const ref = core.buffers.create(part);
    memory[4] = 7;
    assertEquals([ref.size, ref.data[1], ref.data.byteOffset], [7, 7, 3]);
    assertStrictEquals(ref.data.buffer, memory.buffer);
    assertEquals([ref.opaque, ref.readOnly, ref.isWritable, ref.refCount], [null, false, true, 1]);
    assertEquals([core.ledger.live, core.ledger.bytes], [1, 0]);
    const { data } = ref;
    ref.unref();
    assertEquals([data.length, memory.length], [7, 20]);
    assertEmpty(core);
  });

  it("gives one memory one address, as far apart as the bytes are", () => {
    const { buffers } = makeCore();
    const memory = new Uint8Array(100);
    const whole = buffers.create(memory);
    const part = buffers.create(memory.subarray(33, 44));
    assertEquals([whole.address % 64, part.address - whole.address], [0, 33]);
    whole.unref();
    assertEquals(buffers.create(memory.subarray(1)).address - part.address, -32);
    const grows = new Uint8Array(new ArrayBuffer(10, { maxByteLength: 1000 }));
    const start = buffers.create(grows).address;
    const next = buffers.create(new Uint8Array(1)).address;
    assertEquals(next - start >= 1000, true);
  });

  it("calls free once, with the original data, when the last reference goes, narrowed or not", () => {
    const { buffers } = makeCore();
    const calls: unknown[][] = [];
    const data = new Uint8Array(10);
    const opaque = { name: "mine" };
    const ref = buffers.create(data, { opaque, free: (...args) => calls.push(args) });
    const other = ref.ref();
    other.narrow(4, 2);
    assertStrictEquals(other.opaque, opaque);
    ref.unref();
    assertEquals(calls.length, 0);
    other.unref();
    assertEquals(calls.length, 1);
    assertStrictEquals(calls[0]![0], opaque);
    assertStrictEquals(calls[0]![1], data);
    assertEquals(calls[0]!.length, 2);
  });

  it("lets what free throws out, the reference given back all the same", () => {
    const core = makeCore();
    const error = new Error("mine");
    const wrap = () =>
      core.buffers.create(new Uint8Array(4), {
        readOnly: true,
        free() {
          throw error;
        },
      });
    const gone = wrap();
    assertStrictEquals(assertThrows(() => gone.unref()), error);
    assertEquals(gone.live, false);
    assertCode("DOUBLE_FREE", () => gone.unref());
    const disposed = wrap();
    assertStrictEquals(assertThrows(() => disposed[Symbol.dispose]()), error);

    const moved = wrap();
    assertStrictEquals(assertThrows(() => moved.makeWritable()), error);
    assertEquals([moved.isWritable, moved.refCount, moved.data.length], [true, 1, 4]);
    const larger = wrap();
    assertStrictEquals(assertThrows(() => core.buffers.realloc(larger, 6)), error);
    assertEquals([larger.size, larger.live], [6, true]);
    const replaced = wrap();
    assertStrictEquals(assertThrows(() => core.buffers.replace(replaced, moved)), error);
    assertEquals([replaced.address, moved.refCount], [moved.address, 2]);
    for (const ref of [moved, larger, replaced]) ref.unref();
    assertEmpty(core);
  });

  it("takes shared memory, an empty array and a Buffer", () => {
    const { buffers } = makeCore();
    const shared = new Uint8Array(new SharedArrayBuffer(8), 2, 5);
    const ref = buffers.create(shared);
    ref.data[0] = 9;
    assertEquals([shared[0], ref.data.length], [9, 5]);
    const empty = buffers.create(new Uint8Array(0));
    assertEquals([empty.size, empty.data.length, empty.isWritable], [0, 0, true]);
    class Bytes extends Uint8Array {}
    const bytes = buffers.create(new Bytes(3));
    assertEquals([bytes.data.length, bytes.data instanceof Bytes], [3, false]);
    ref.unref();
    assertEquals(shared.length, 5);
  });

  it("believes the array about its length, not what was put before it", () => {
    const data = new Uint8Array(4);
    Object.defineProperty(data, "length", { value: 1000 });
    assertEquals(makeCore().buffers.create(data).size, 4);
  });

  it("says so where the program moved the memory away or made it smaller", () => {
    const { buffers } = makeCore();
    let calls = 0;
    const data = new Uint8Array(10);
    const ref = buffers.create(data, { free: () => calls++ });
    data.buffer.transfer();
    assertCode("USE_AFTER_FREE", () => ref.data, "moved away");
    assertCode("USE_AFTER_FREE", () => buffers.realloc(ref, 20), "moved away");
    ref.unref();
    assertEquals(calls, 1);
    const resizable = new ArrayBuffer(10, { maxByteLength: 20 });
    const fixed = buffers.create(new Uint8Array(resizable, 0, 10), { readOnly: true });
    resizable.resize(5);
    assertCode("USE_AFTER_FREE", () => fixed.makeWritable(), "moved away");
  });

  it("refuses memory that was moved away before", () => {
    const core = makeCore();
    const data = new Uint8Array(4);
    data.buffer.transfer();
    assertCode("USE_AFTER_FREE", () => core.buffers.create(data), "data is detached");
    assertEmpty(core);
  });

  it("refuses other types, and calls nothing", () => {
    const core = makeCore();
    for (const wrong of [null, undefined, [1, 2], new Uint16Array(2), new ArrayBuffer(4), "bytes"]) {
      assertThrows(
        () => core.buffers.create(wrong as unknown as Uint8Array),
        TypeError,
        "wanted a Uint8Array",
      );
    }
    for (const wrong of [null, 5, "options"]) {
      assertThrows(
        () => core.buffers.create(new Uint8Array(1), wrong as unknown as BufferOptions),
        TypeError,
        "wanted { opaque, free, readOnly }",
      );
    }
    for (const wrong of [{ free: 5 }, { free: null }, { readOnly: 1 }]) {
      assertThrows(
        () => core.buffers.create(new Uint8Array(1), wrong as unknown as BufferOptions),
        TypeError,
      );
    }
    assertEmpty(core);
  });

  it("keeps any opaque but undefined", () => {
    const { buffers } = makeCore();
    for (const opaque of [0, "", false, NaN, () => 1, Symbol.iterator]) {
      assertStrictEquals(buffers.create(new Uint8Array(1), { opaque }).opaque, opaque);
    }
  });
});
