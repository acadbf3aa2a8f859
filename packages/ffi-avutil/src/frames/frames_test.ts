import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Frame, MediaError } from "@mediamem/interface";
import { libraryFileNames, load, memory } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import type { AvutilSymbols } from "../library.ts";
import { AVUTIL_SYMBOLS, MEMORY_SYMBOLS } from "../symbols.ts";
import { testedAvutil } from "../tested_avutil.ts";
import type { AvutilFrames } from "./frames.ts";

const { avutil, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

/** The functions of the library themselves: those by which a decoder makes frames. */
function symbolsOf(): AvutilSymbols {
  const source = {
    library: "libavutil",
    environment: "MEDIAMEM_LIBAVUTIL",
    candidates: libraryFileNames("avutil", [60, 59, 58, 57, 56]),
  };
  return {
    ...load({ ...source, symbols: AVUTIL_SYMBOLS }).symbols,
    ...load({ ...source, symbols: MEMORY_SYMBOLS }).symbols,
  };
}

/** A frame that nobody but C knows of, with memory for a picture of 17x5, all bytes `fill`. */
function foreign(fill: number): number {
  const { av_frame_alloc, av_frame_get_buffer, av_get_pix_fmt } = symbolsOf();
  const address = av_frame_alloc();
  const fields = memory(address, 144);
  fields.data.setInt32(104, 17, true);
  fields.data.setInt32(108, 5, true);
  fields.data.setInt32(116, av_get_pix_fmt(new TextEncoder().encode("gray\0")), true);
  assertEquals(av_frame_get_buffer(address, 0), 0);
  const pixels = memory(fields.data.getUint32(0, true) + fields.data.getUint32(4, true) * 2 ** 32, 5 * 32);
  pixels.bytes.fill(fill);
  pixels.revoke();
  fields.revoke();
  return address;
}

function picture(frames: AvutilFrames, width: number, height: number): Frame {
  const frame = frames.alloc();
  frame.format = "gray";
  frame.width = width;
  frame.height = height;
  frame.getBuffer();
  return frame;
}

describe("frames.adopt()", () => {
  it("takes over a frame, and frees it", () => {
    using backend = loadAvutil();
    const { frames, ledger } = backend;
    const address = foreign(3);
    const frame = frames.adopt(address);
    assertEquals([frame.address, frame.width, frame.format, frame.isWritable], [address, 17, "gray", true]);
    assertEquals([frame.planes[0]!.memory[0], ledger.live], [3, 1]);
    assertEquals(ledger.bytes, frame.planes[0]!.memory.length);
    frame.free();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("refuses what a handle owns, and what is no frame", () => {
    const address = foreign(3);
    using _frame = avutil.frames.adopt(address);
    using own = avutil.frames.alloc();
    assertEquals(codeOf(() => avutil.frames.adopt(address)), "WRONG_OWNER");
    assertEquals(codeOf(() => avutil.frames.adopt(own.address)), "WRONG_OWNER");
    for (const door of [avutil.frames.adopt, avutil.frames.retain, avutil.frames.borrow]) {
      assertEquals(codeOf(() => door(0)), "EINVAL");
      assertEquals(codeOf(() => door(8)), "EINVAL");
      assertEquals(codeOf(() => door(-4096)), "ERANGE");
      assertThrows(() => door(4096.5), TypeError);
    }
  });

  it("takes nothing over beyond the budget", () => {
    using backend = loadAvutil({ limitBytes: 1000 });
    const address = foreign(3);
    assertEquals(codeOf(() => backend.frames.adopt(address)), "OVER_BUDGET");
    assertEquals([backend.ledger.live, backend.ledger.bytes], [0, 0]);
    backend.ledger.limitBytes = Infinity;
    using frame = backend.frames.adopt(address);
    assertEquals(frame.width, 17);
  });
});

describe("a frame of C whose fields lie", () => {
  it("shows nothing outside of its buffers, and is not copied", () => {
    const fields = { height: 108, linesize: 64, data: 0 };
    for (const [name, offset] of Object.entries(fields)) {
      const address = foreign(3);
      using frame = avutil.frames.adopt(address);
      using target = picture(avutil.frames, 17, 5000);
      const struct = memory(address, 144);
      const before = struct.data.getInt32(offset, true);
      struct.data.setInt32(offset, name === "data" ? before - 64 : 4000, true);
      assertEquals(codeOf(() => frame.planes), "EINVAL", name);
      assertEquals(codeOf(() => target.copy(frame)), "EINVAL", name);
      struct.data.setInt32(offset, before, true);
      struct.revoke();
      assertEquals(frame.planes[0]!.memory[0], 3);
    }
  });

  it("is not copied where a row is longer than its linesize, which ends the process", () => {
    const address = foreign(3);
    using frame = avutil.frames.adopt(address);
    using target = picture(avutil.frames, 17, 5);
    const struct = memory(address, 144);
    struct.data.setInt32(64, 16, true);
    struct.revoke();
    assertEquals(frame.linesizes, [16]);
    assertEquals(codeOf(() => target.copy(frame)), "EINVAL");
    assertEquals(codeOf(() => target.copy(frame)), "EINVAL");
  });
});

describe("frames.retain()", () => {
  it("refers to the same picture and leaves the frame to who has it", () => {
    using owner = avutil.frames.adopt(foreign(3));
    using frame = avutil.frames.retain(owner.address);
    assert(frame.address !== owner.address);
    assertEquals([frame.isWritable, frame.planes[0]!.memory[0]], [false, 3]);
    owner.unref();
    assert(frame.isWritable);
    assertEquals(codeOf(() => avutil.frames.retain(owner.address)), "EINVAL");
  });
});

describe("frames.borrow()", () => {
  it("looks, and ends the look", () => {
    using backend = loadAvutil();
    const { frames, ledger } = backend;
    using owner = frames.adopt(foreign(3));
    const before = [ledger.live, ledger.bytes];
    const frame = frames.borrow(owner.address);
    const { planes } = frame;
    assertEquals([frame.address, frame.height, planes[0]!.memory[0]], [owner.address, 5, 3]);
    assertEquals([frame.linesizes.length, frame.isWritable], [1, true]);
    assertEquals([ledger.live, ledger.bytes], before);
    using clone = frame.clone();
    using copy = picture(frames, 17, 5);
    copy.copy(frame);
    assertEquals(copy.planes[0]!.memory[0], 3);
    frame.free();
    assertEquals([planes[0]!.memory.length, frame.live, owner.live, clone.live], [0, false, true, true]);
    assertEquals(codeOf(() => frame.width), "USE_AFTER_FREE");
    assertEquals(codeOf(() => frame.free()), "DOUBLE_FREE");
    assertEquals(owner.planes[0]!.memory[0], 3);
  });

  it("changes nothing", () => {
    using owner = picture(avutil.frames, 17, 5);
    using frame = avutil.frames.borrow(owner.address);
    using other = avutil.frames.alloc();
    const changes: Readonly<Record<string, () => unknown>> = {
      width: () => frame.width = 3,
      height: () => frame.height = 3,
      format: () => frame.format = "gray",
      pts: () => frame.pts = 3,
      getBuffer: () => frame.getBuffer(),
      ref: () => frame.ref(other),
      moveRef: () => frame.moveRef(other),
      moveFrom: () => other.moveRef(frame),
      unref: () => frame.unref(),
      makeWritable: () => frame.makeWritable(),
      copy: () => frame.copy(owner),
    };
    for (const [name, change] of Object.entries(changes)) {
      assertEquals(codeOf(change), "WRONG_OWNER", name);
    }
    other.ref(frame);
    assertEquals([other.width, owner.width], [17, 17]);
  });
});

describe("the account of the frames of libavutil", () => {
  it("counts frames, and memory once", () => {
    using backend = loadAvutil();
    const { frames, ledger } = backend;
    const first = picture(frames, 17, 5);
    const { bytes } = ledger;
    assertEquals(bytes, first.planes[0]!.memory.length);
    const clone = first.clone();
    const moved = frames.alloc();
    moved.moveRef(first);
    assertEquals([ledger.live, ledger.bytes], [3, bytes]);
    clone.makeWritable();
    assertEquals([ledger.live, ledger.bytes], [3, 2 * bytes]);
    moved.unref();
    clone.free();
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [2, 0, 2 * bytes]);
    first.free();
    moved.free();
    assertEquals(ledger.live, 0);
  });

  it("reports what each call keeps alive", () => {
    using backend = loadAvutil({ tracing: "all" });
    const { frames, ledger } = backend;
    const scope = ledger.scope();
    using frame = picture(frames, 17, 5);
    using _clone = frame.clone();
    const { bytes } = ledger;
    const groups = scope.report().groups.map(({ op, count, bytes }) => [op, count, bytes]);
    assertEquals(groups, [["av_frame_alloc", 1, bytes], ["av_frame_clone", 1, bytes]]);
    const freed = picture(frames, 17, 5);
    freed.free();
    const error = assertThrows(() => freed.width, MediaError);
    assert(error.message.includes("taken at "), error.message);
    assert(error.message.includes("given back at "), error.message);
  });

  it("refuses memory beyond the budget before any of it is taken", () => {
    using backend = loadAvutil();
    const { frames, ledger } = backend;
    using frame = picture(frames, 64, 64);
    using clone = frame.clone();
    const { bytes } = ledger;
    ledger.limitBytes = 2 * bytes - 1;
    const { planes } = clone;
    assertEquals(codeOf(() => clone.makeWritable()), "OVER_BUDGET");
    using second = frames.alloc();
    second.format = "gray";
    second.width = 64;
    second.height = 64;
    const error = assertThrows(() => second.getBuffer(), MediaError);
    assertEquals([error.code, error.op], ["OVER_BUDGET", "av_frame_get_buffer"]);
    assertEquals([second.linesizes.length, second.width, clone.isWritable], [0, 64, false]);
    assert(planes[0]!.memory.length > 0 && clone.planes === planes);
    assertEquals([ledger.live, ledger.bytes, ledger.peak], [3, bytes, bytes]);
    ledger.limitBytes = 2 * bytes;
    clone.makeWritable();
    assertEquals(ledger.bytes, 2 * bytes);
  });
});
