import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { pointerArray } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";
import type { AvutilBufferRef } from "./buffer_ref.ts";
import type { AvutilBuffers } from "./buffers.ts";
import { rawAvutil } from "./testdata/raw_avutil_test.ts";

const { missing } = testedAvutil();
const it = itUnless(missing);

/** Has the next call of the area call `free`: C lets the last reference go without a word. */
function makeDue(buffers: AvutilBuffers, free: () => void): void {
  const { av_buffer_ref, av_buffer_unref } = rawAvutil().symbols;
  const ref = buffers.create(new Uint8Array(100), { free });
  const cell = pointerArray(1);
  cell.set(0, av_buffer_ref(ref.pointer));
  ref.unref();
  av_buffer_unref(cell.bytes);
}

const CALLS: Readonly<Record<string, (buffers: AvutilBuffers, victim: AvutilBufferRef) => void>> = {
  ref: (_, victim) => void victim.ref(),
  makeWritable: (_, victim) => victim.makeWritable(),
  makeMut: (_, victim) => void victim.makeMut(),
  realloc: (buffers, victim) => void buffers.realloc(victim, 4000),
  "replace by it": (buffers, victim) => void buffers.replace(null, victim),
  "replace it": (buffers, victim) => void buffers.replace(victim, buffers.alloc(3)),
};

describe("a free function that a call finds due", () => {
  for (const [name, call] of Object.entries(CALLS)) {
    it(`may give back the reference of ${name}`, () => {
      using backend = loadAvutil();
      const { buffers } = backend;
      const victim = buffers.alloc(2000);
      makeDue(buffers, () => victim.unref());
      assertEquals(assertThrows(() => call(buffers, victim), MediaError).code, "USE_AFTER_FREE");
      assertEquals(victim.live, false);
    });
  }

  it("may free the frame whose plane is asked for", () => {
    using backend = loadAvutil();
    const { buffers, frames } = backend;
    const frame = frames.alloc();
    frame.format = "gray";
    frame.width = 33;
    frame.height = 7;
    frame.getBuffer();
    makeDue(buffers, () => frame.free());
    const ref = frame.planeBuffer(0);
    assertEquals([frame.live, ref.refCount], [false, 1]);
    ref.unref();
    assertEquals([backend.ledger.live, backend.ledger.bytes], [0, 0]);
  });

  it("may throw without a reference left behind", () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const ref = buffers.alloc(5);
    makeDue(buffers, () => {
      throw new Error("mine");
    });
    assertThrows(() => buffers.retain(ref.pointer), Error, "mine");
    assertEquals([ref.refCount, ledger.live], [1, 1]);
    ref.unref();
  });
});
