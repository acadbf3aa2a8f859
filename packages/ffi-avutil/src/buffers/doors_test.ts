import { describe } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { pointerArray } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";
import { rawAvutil } from "./testdata/raw_avutil_test.ts";

const { missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("an AVBufferRef from elsewhere", () => {
  it("is ours once it was adopted", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    const ref = buffers.adopt(library.symbols.av_buffer_alloc(17));
    assertEquals([ref.size, ref.refCount, ref.isWritable, ref.readOnly, ref.opaque], [
      17,
      1,
      true,
      false,
      null,
    ]);
    assertEquals([ledger.live, ledger.bytes], [1, 17]);
    ref.data.fill(3);
    assertEquals(codeOf(() => buffers.adopt(ref.pointer)), "WRONG_OWNER");
    ref.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("has one handle, whatever the backend", () => {
    using backend = loadAvutil();
    using second = loadAvutil();
    const ref = backend.buffers.alloc(17);
    assertEquals(codeOf(() => second.buffers.adopt(ref.pointer)), "WRONG_OWNER");
    const frame = backend.frames.alloc();
    assertEquals(codeOf(() => second.frames.adopt(frame.address)), "WRONG_OWNER");
    frame.free();
    ref.unref();
    assertEquals([second.ledger.live, second.ledger.bytes], [0, 0]);
  });

  it("stays the caller's when it is retained", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    const theirs = pointerArray(1);
    theirs.set(0, library.symbols.av_buffer_alloc(17));
    const ref = buffers.retain(theirs.get(0));
    const second = buffers.retain(ref.pointer);
    assertEquals([ref.refCount, ledger.live, ledger.bytes, ref.isWritable], [3, 2, 17, false]);
    assertStrictEquals(second.data.buffer, ref.data.buffer);
    const { data } = ref;
    second.unref();
    ref.unref();
    assertEquals([data.length, ledger.live, ledger.bytes], [0, 0, 0]);
    assertEquals(buffers.borrow(theirs.get(0)).refCount, 1);
    const copied = buffers.retain(theirs.get(0));
    copied.makeWritable();
    assertEquals([copied.refCount, ledger.bytes], [1, 17]);
    copied.unref();
    library.symbols.av_buffer_unref(theirs.bytes);
  });

  it("is known again when it is the program's own", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    const data = new Uint8Array(8);
    const first = buffers.create(data, { opaque: "mine", readOnly: true });
    const held = library.symbols.av_buffer_ref(first.pointer);
    first.unref();
    const again = buffers.adopt(held);
    assertStrictEquals(again.data, data);
    assertEquals([again.opaque, again.readOnly, ledger.bytes], ["mine", true, 0]);
    again.unref();
  });

  it("tells what C set: a flag shows once it is alone", () => {
    using backend = loadAvutil();
    const { buffers } = backend;
    using library = rawAvutil();
    const bytes = new Uint8Array(64);
    const made = library.symbols.av_buffer_create(bytes, 64, library.address("av_buffer_unref"), 0, 1);
    const ref = buffers.adopt(made);
    const other = ref.ref();
    assertEquals(ref.readOnly, false);
    other.unref();
    assertEquals([ref.readOnly, ref.isWritable, ref.opaque], [true, false, null]);
    ref.unref();
  });

  it("may be two parts of one buffer", () => {
    using backend = loadAvutil();
    const { buffers } = backend;
    using library = rawAvutil();
    using whole = buffers.allocz(16);
    const low = whole.ref();
    const high = whole.ref();
    low.narrow(0, 5);
    high.narrow(11, 5);
    const pointers = [low, high].map((ref) => library.symbols.av_buffer_ref(ref.pointer));
    low.unref();
    high.unref();
    const taken = whole.take();
    const parts = pointers.map((pointer) => buffers.adopt(pointer));
    taken.unref();
    parts[0]!.data.fill(1);
    parts[1]!.data.fill(2);
    assertEquals(parts.map(({ data }) => [...data]), [[1, 1, 1, 1, 1], [2, 2, 2, 2, 2]]);
    for (const part of parts) part.unref();
  });

  it("is refused where no pointer can be, and beyond the budget", () => {
    using backend = loadAvutil({ limitBytes: 10 });
    const { buffers, ledger } = backend;
    using library = rawAvutil();
    for (const door of [buffers.adopt, buffers.retain, buffers.borrow]) {
      const call = door.bind(buffers);
      for (const pointer of [0, 8, -5]) assertEquals(codeOf(() => call(pointer)), "EINVAL");
      for (const pointer of [1.5, "5", null]) assertThrows(() => call(pointer as number), TypeError);
    }
    const theirs = pointerArray(1);
    theirs.set(0, library.symbols.av_buffer_alloc(17));
    assertEquals(codeOf(() => buffers.retain(theirs.get(0))), "OVER_BUDGET");
    assertEquals(codeOf(() => buffers.adopt(theirs.get(0))), "OVER_BUDGET");
    assertEquals([buffers.borrow(theirs.get(0)).refCount, ledger.live], [1, 0]);
    library.symbols.av_buffer_unref(theirs.bytes);
  });
});
