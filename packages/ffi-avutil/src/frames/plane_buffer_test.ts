import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Frame, MediaError, type PixelFormatName } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function picture(format: PixelFormatName, backend = avutil): Frame {
  const frame = backend.frames.alloc();
  frame.format = format;
  frame.width = 17;
  frame.height = 5;
  frame.getBuffer();
  return frame;
}

describe("planeBuffer() of libavutil", () => {
  it("refers to the whole buffer, counts, and outlives the frame", () => {
    const frame = picture("yuv420p");
    const [, , { memory, offset }] = frame.planes as [unknown, unknown, Frame["planes"][0]];
    memory[offset] = 7;
    const ref = frame.planeBuffer(2);
    assertEquals([ref.refCount, ref.size, frame.isWritable], [2, memory.length, false]);
    const { data } = ref;
    frame.free();
    assertEquals([memory.length, ref.refCount, ref.isWritable, data[offset]], [0, 1, true, 7]);
    data[offset] = 8;
    assertEquals(ref.data[offset], 8);
    ref.unref();
    assertEquals(data.length, 0);
  });

  it("lets the frame outlive it", () => {
    using frame = picture("gray");
    const ref = frame.planeBuffer(0);
    ref.data[0] = 9;
    const { data } = ref;
    ref.unref();
    assertEquals([data.length, frame.planes[0]!.memory[0], frame.isWritable], [0, 9, true]);
  });

  it("refuses a plane that there is not, also where an old library has a palette that nobody reads", () => {
    using gray = picture("gray");
    using pal8 = picture("pal8");
    using empty = avutil.frames.alloc();
    using pixels = pal8.planeBuffer(0);
    using palette = pal8.planeBuffer(1);
    assertEquals([palette.address, palette.refCount], [pixels.address, 3]);
    for (const use of [() => gray.planeBuffer(1), () => gray.planeBuffer(-1), () => pal8.planeBuffer(2)]) {
      assertEquals(assertThrows(use, MediaError).code, "EINVAL");
    }
    assertEquals(assertThrows(() => empty.planeBuffer(0), MediaError).code, "EINVAL");
    assertThrows(() => gray.planeBuffer(0.5), TypeError);
  });

  it("is counted with the frame's memory once", () => {
    using backend = loadAvutil();
    const { ledger } = backend;
    const frame = picture("nv12", backend);
    const { bytes } = ledger;
    const ref = frame.planeBuffer(1);
    assertEquals([ledger.live, ledger.bytes], [2, bytes]);
    frame.free();
    assertEquals([ledger.live, ledger.bytes], [1, bytes]);
    ref.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
    assert(bytes > 0);
  });

  it("gives a borrowed frame's buffer too", () => {
    using frame = picture("gray");
    using borrowed = avutil.frames.borrow(frame.address);
    using ref = borrowed.planeBuffer(0);
    assertEquals([ref.refCount, frame.isWritable], [2, false]);
  });
});
