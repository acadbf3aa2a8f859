import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Frame, MediaError } from "@mediamem/interface";
import { createCore } from "@mediamem/core-ts";
import { untilCollected } from "@mediamem/testing";

const core = createCore();

function picture(backend = core): Frame {
  const frame = backend.frames.alloc();
  frame.format = "gray";
  frame.width = 17;
  frame.height = 5;
  frame.getBuffer();
  return frame;
}

/** What lets go of the memory of a frame that nobody else refers to. */
const ENDS: Readonly<Record<string, (frame: Frame) => void>> = {
  unref: (frame) => frame.unref(),
  free: (frame) => frame.free(),
  dispose: (frame) => frame[Symbol.dispose](),
  moveRef(frame): void {
    using other = core.frames.alloc();
    const { memory } = frame.planes[0]!;
    memory[0] = 3;
    other.moveRef(frame);
    assertEquals([memory.length, other.planes[0]!.memory[0]], [0, 3]);
  },
};

describe("the views of a frame of core-ts", () => {
  it("end with what the frame refers to", () => {
    for (const [name, end] of Object.entries(ENDS)) {
      using frame = picture();
      const { planes } = frame;
      const part = planes[0]!.memory.subarray(3);
      end(frame);
      assertEquals([planes[0]!.memory.length, part.length], [0, 0], name);
    }
  });

  it("live on where others refer to the memory, and end with the last of them", () => {
    const frame = picture();
    const clone = frame.clone();
    const { memory } = frame.planes[0]!;
    frame.free();
    assert(memory.length > 0);
    clone.free();
    assertEquals(memory.length, 0);
  });

  it("are of no use where somebody moved the memory away", () => {
    using frame = picture();
    using clone = frame.clone();
    const { memory } = frame.planes[0]!;
    const moved = (memory.buffer as ArrayBuffer).transfer();
    for (const use of [() => clone.planes, () => clone.makeWritable(), () => frame.makeWritable()]) {
      assertEquals(assertThrows(use, MediaError).code, "USE_AFTER_FREE");
    }
    assert(moved.byteLength > 0);
  });
});

describe("a reference to a plane's buffer of core-ts", () => {
  it("is to the whole buffer, counts, and outlives the frame", () => {
    const frame = picture();
    const { memory, offset } = frame.planes[0]!;
    memory[offset] = 7;
    const ref = frame.planeBuffer(0);
    assertEquals([ref.refCount, ref.size, frame.isWritable, ref.isWritable], [
      2,
      memory.length,
      false,
      false,
    ]);
    frame.free();
    assertEquals([ref.refCount, ref.isWritable, ref.data[offset]], [1, true, 7]);
    ref.unref();
    assertEquals(memory.length, 0);
  });

  it("is refused for a plane that there is not", () => {
    using frame = picture();
    using empty = core.frames.alloc();
    for (const plane of [-1, 1, 4]) {
      assertEquals(assertThrows(() => frame.planeBuffer(plane), MediaError).code, "EINVAL");
    }
    assertEquals(assertThrows(() => empty.planeBuffer(0), MediaError).code, "EINVAL");
    assertThrows(() => frame.planeBuffer(0.5), TypeError);
  });

  it("is one to the same buffer for a palette", () => {
    using frame = core.frames.alloc();
    frame.format = "pal8";
    frame.width = 17;
    frame.height = 5;
    frame.getBuffer();
    using pixels = frame.planeBuffer(0);
    using palette = frame.planeBuffer(1);
    assertEquals([palette.address, palette.refCount], [pixels.address, 3]);
  });
});

describe("the account of the frames of core-ts", () => {
  it("counts frames, and memory once", () => {
    const { frames, ledger } = createCore();
    const first = frames.alloc();
    first.format = "gray";
    first.width = 17;
    first.height = 5;
    first.getBuffer();
    const { bytes } = ledger;
    assertEquals(bytes, first.planes[0]!.memory.length);
    const clone = first.clone();
    const moved = frames.alloc();
    moved.moveRef(first);
    assertEquals([ledger.live, ledger.bytes], [3, bytes]);
    clone.makeWritable();
    assertEquals(ledger.bytes, 2 * bytes);
    const ref = clone.planeBuffer(0);
    moved.unref();
    clone.free();
    assertEquals([ledger.live, ledger.bytes], [3, bytes]);
    ref.unref();
    first.free();
    moved.free();
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [0, 0, 2 * bytes]);
  });

  it("refuses memory beyond the budget and beyond the cap, and frames stay as they are", () => {
    const backend = createCore();
    const { ledger, memory } = backend;
    using frame = picture(backend);
    using clone = frame.clone();
    const { bytes } = ledger;
    using second = backend.frames.alloc();
    second.format = "gray";
    second.width = 17;
    second.height = 5;
    const uses = [() => clone.makeWritable(), () => second.getBuffer()];
    ledger.limitBytes = 2 * bytes - 1;
    for (const use of uses) assertEquals(assertThrows(use, MediaError).code, "OVER_BUDGET");
    ledger.limitBytes = Infinity;
    memory.maxAlloc(bytes - 1);
    for (const use of uses) assertEquals(assertThrows(use, MediaError).code, "ENOMEM");
    memory.maxAlloc(415);
    assertEquals(assertThrows(() => backend.frames.alloc(), MediaError).code, "ENOMEM");
    assertEquals([second.linesizes.length, clone.isWritable, ledger.live, ledger.bytes], [
      0,
      false,
      3,
      bytes,
    ]);
  });

  it("does not take a frame for forgotten while a view of it is held", async () => {
    const backend = createCore();
    const { ledger } = backend;
    const take = (): Uint8Array => {
      picture(backend);
      return picture(backend).planes[0]!.memory;
    };
    const view = take();
    assert(await untilCollected(() => ledger.live === 1));
    let turns = 0;
    await untilCollected(() => ++turns > 20);
    assertEquals([ledger.live, ledger.bytes], [1, view.length]);
  });

  it("reports what each call keeps alive, and what was forgotten", async () => {
    const backend = createCore({ tracing: "all" });
    const { ledger } = backend;
    using frame = picture(backend);
    const { bytes } = ledger;
    const take = (): void => {
      for (let i = 0; i < 10; i++) frame.clone();
    };
    take();
    const groups = (): unknown[] => ledger.report().groups.map(({ op, count, bytes }) => [op, count, bytes]);
    assertEquals(groups(), [["av_frame_clone", 10, 10 * bytes], ["av_frame_alloc", 1, bytes]]);
    assert(await untilCollected(() => ledger.live === 1));
    assertEquals([ledger.abandoned, ledger.bytes, frame.isWritable], [10, bytes, true]);
    assertEquals(groups(), [["av_frame_alloc", 1, bytes]]);
  });
});
