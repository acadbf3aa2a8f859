import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type Frame, MediaError, type PixelFormatName } from "@mediamem/interface";
import { createCore } from "@mediamem/core-ts";

const core = createCore();

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

/** A frame with memory for a picture. */
function picture(format: PixelFormatName = "yuv420p", width = 17, height = 5, align = 0): Frame {
  const frame = core.frames.alloc();
  frame.format = format;
  frame.width = width;
  frame.height = height;
  frame.getBuffer(align);
  return frame;
}

/** What tells an empty frame from others. */
function fieldsOf(frame: Frame): unknown[] {
  const { width, height, format, pts, linesizes, planes, isWritable } = frame;
  return [width, height, format, pts, linesizes.length, planes.length, isWritable];
}

const EMPTY = [0, 0, null, null, 0, 0, false];

describe("a frame of core-ts", () => {
  it("begins empty, at an address of its own", () => {
    using first = core.frames.alloc();
    using second = core.frames.alloc();
    assertEquals(fieldsOf(first), EMPTY);
    assert(first.live && first.address > 0 && first.address !== second.address);
  });

  it("keeps what it is told, with the canonical name of the format", () => {
    using frame = core.frames.alloc();
    frame.width = 17;
    frame.height = 5;
    frame.format = "gray8" as PixelFormatName;
    frame.pts = -(2 ** 53 - 1);
    assertEquals(fieldsOf(frame), [17, 5, "gray", -(2 ** 53 - 1), 0, 0, false]);
    frame.format = null;
    frame.pts = null;
    frame.width = 0;
    frame.height = 0;
    assertEquals(fieldsOf(frame), EMPTY);
  });

  it("has no negative zero", () => {
    using frame = core.frames.alloc();
    frame.width = -0;
    frame.height = -0;
    frame.pts = -0;
    assertEquals([frame.width, frame.height, frame.pts].map((value) => Object.is(value, 0)), [
      true,
      true,
      true,
    ]);
  });

  it("refuses values that mean nothing, and stays as it is", () => {
    using frame = core.frames.alloc();
    frame.width = 17;
    assertEquals(codeOf(() => frame.width = -1), "EINVAL");
    assertEquals(codeOf(() => frame.height = 2 ** 31), "EINVAL");
    assertEquals(codeOf(() => frame.pts = 2 ** 53), "ERANGE");
    assertEquals(codeOf(() => frame.format = "nosuch" as PixelFormatName), "EINVAL");
    assertThrows(() => frame.width = 0.5, TypeError);
    assertThrows(() => frame.pts = 0.5, TypeError);
    assertThrows(() => frame.pts = 5n as unknown as number, TypeError);
    assertThrows(() => frame.format = 5 as unknown as PixelFormatName, TypeError);
    assertEquals(fieldsOf(frame), [17, 0, null, null, 0, 0, false]);
  });

  it("takes memory once", () => {
    using frame = picture();
    assertEquals(frame.linesizes.length, 3);
    assert(frame.isWritable);
    const { linesizes, planes } = frame;
    assertEquals(codeOf(() => frame.getBuffer()), "EINVAL");
    assert(frame.linesizes === linesizes && frame.planes === planes);
  });

  it("takes no memory for what has no picture, and then has nothing of it", () => {
    for (
      const [format, width, height, align] of [
        [null, 17, 5, 0],
        ["gray", 0, 5, 0],
        ["gray", 17, 0, 0],
        ["cuda", 17, 5, 0],
        ["gray", 100_000, 100_000, 0],
        ["gray", 17, 5, 3],
        ["gray", 17, 5, -32],
      ] as const
    ) {
      using frame = core.frames.alloc();
      frame.format = format;
      frame.width = width;
      frame.height = height;
      frame.pts = 9;
      assertEquals(codeOf(() => frame.getBuffer(align)), "EINVAL", `${format} ${width}x${height}`);
      assertEquals(fieldsOf(frame), [width, height, format, 9, 0, 0, false]);
    }
    using frame = core.frames.alloc();
    assertThrows(() => frame.getBuffer(0.5), TypeError);
  });

  it("lays the next picture out as if there had been no failure", () => {
    using frame = core.frames.alloc();
    frame.format = "gbrapf32le";
    frame.width = 12_000;
    frame.height = 12_000;
    frame.pts = 9;
    assertEquals(codeOf(() => frame.getBuffer()), "ENOMEM");
    assertEquals(fieldsOf(frame), [12_000, 12_000, "gbrapf32le", 9, 0, 0, false]);
    frame.width = 3;
    frame.height = 3;
    frame.getBuffer(64);
    assertEquals(frame.linesizes, [64, 64, 64, 64]);
  });

  it("can only be cropped while it has memory", () => {
    using frame = picture("yuv420p", 17, 5);
    frame.format = "yuv420p";
    assertEquals(codeOf(() => frame.format = "gray"), "EINVAL");
    assertEquals(codeOf(() => frame.format = null), "EINVAL");
    assertEquals(codeOf(() => frame.width = 18), "EINVAL");
    assertEquals(codeOf(() => frame.width = 0), "EINVAL");
    assertEquals(codeOf(() => frame.height = 6), "EINVAL");
    frame.width = 9;
    frame.height = 3;
    assertEquals(codeOf(() => frame.width = 17), "EINVAL");
    assertEquals([frame.width, frame.height, frame.planes.length], [9, 3, 3]);
    frame.unref();
    frame.width = 100;
  });

  it("shares its memory with clones, and has its own again when it asks for it", () => {
    using frame = picture();
    frame.pts = 40;
    frame.planes[0]!.memory.fill(7);
    using clone = frame.clone();
    assertEquals([frame.isWritable, clone.isWritable], [false, false]);
    assertEquals(fieldsOf(clone), fieldsOf(frame));
    assertEquals([clone.linesizes, clone.planes[0]!.memory[0]], [frame.linesizes, 7]);
    clone.planes[0]!.memory[0] = 8;
    assertEquals(frame.planes[0]!.memory[0], 8);
    const before = clone.planes;
    clone.makeWritable();
    assertEquals([clone.planes === before, clone.isWritable, frame.isWritable], [false, true, true]);
    assertEquals([clone.planes[0]!.memory[0], clone.pts], [8, 40]);
    clone.planes[0]!.memory[0] = 9;
    assertEquals(frame.planes[0]!.memory[0], 8);
  });

  it("keeps its views where it can be written already", () => {
    using frame = picture();
    const { planes } = frame;
    frame.makeWritable();
    assert(frame.planes === planes && planes[0]!.memory.length > 0);
  });

  it("copies as much as a cropped picture has", () => {
    using frame = picture("rgb24", 17, 5);
    frame.planes[0]!.memory.fill(3);
    using clone = frame.clone();
    clone.width = 2;
    clone.height = 1;
    clone.makeWritable();
    assertEquals([clone.width, clone.height, clone.planes[0]!.memory[5]], [2, 1, 3]);
  });

  it("refers to and moves a picture", () => {
    using frame = picture();
    frame.pts = 40;
    using other = core.frames.alloc();
    other.format = "gray";
    other.ref(frame);
    assertEquals([fieldsOf(other), frame.isWritable], [fieldsOf(frame), false]);
    using third = core.frames.alloc();
    third.moveRef(other);
    assertEquals(fieldsOf(other), EMPTY);
    assertEquals([third.pts, third.planes.length], [40, 3]);
    frame.unref();
    assertEquals(fieldsOf(frame), EMPTY);
    assert(third.isWritable);
    frame.moveRef(third);
    assertEquals(frame.pts, 40);
  });

  it("moves fields without memory too", () => {
    using source = core.frames.alloc();
    source.width = 17;
    source.pts = 4;
    using frame = core.frames.alloc();
    frame.moveRef(source);
    assertEquals([fieldsOf(frame), fieldsOf(source)], [[17, 0, null, 4, 0, 0, false], EMPTY]);
  });

  it("refuses to lose a picture, and to refer to none", () => {
    using frame = picture();
    using full = picture("gray", 3, 3);
    using empty = core.frames.alloc();
    using sized = core.frames.alloc();
    sized.width = 17;
    for (const target of [full, sized, frame]) {
      assertEquals(codeOf(() => target.ref(frame)), "EINVAL");
      assertEquals(codeOf(() => target.moveRef(frame)), "EINVAL");
    }
    assertEquals(codeOf(() => empty.moveRef(empty)), "EINVAL");
    assertEquals(codeOf(() => empty.ref(sized)), "EINVAL");
    assertEquals(codeOf(() => sized.clone()), "EINVAL");
    assertEquals(codeOf(() => sized.makeWritable()), "EINVAL");
    assertThrows(() => empty.ref(null as unknown as Frame), TypeError);
    assertThrows(() => empty.moveRef({ ...frame } as unknown as Frame), TypeError);
    assertEquals([frame.width, full.width, sized.width], [17, 3, 17]);
    assertEquals(fieldsOf(empty), EMPTY);
  });

  it("refuses frames of another backend", () => {
    using other = createCore();
    using frame = core.frames.alloc();
    using foreign = other.frames.alloc();
    for (const use of [() => frame.ref(foreign), () => frame.moveRef(foreign), () => frame.copy(foreign)]) {
      assertEquals(codeOf(use), "WRONG_OWNER");
    }
  });

  it("copies pixels into memory that is large enough, and nothing else", () => {
    using src = picture("yuv420p", 17, 5);
    src.planes[0]!.memory.fill(7);
    using dst = picture("yuv420p", 19, 6, 1);
    dst.planes[0]!.memory.fill(1);
    dst.copy(src);
    const [luma, chroma] = dst.planes;
    const row = (plane: typeof luma, y: number): number[] => {
      const { memory, offset, linesize } = plane!;
      return [...memory.slice(offset + y * linesize, offset + y * linesize + 19)];
    };
    assertEquals(row(luma, 4), [...Array(17).fill(7), 1, 1]);
    assertEquals(row(luma, 5), Array(19).fill(1));
    assertEquals(row(chroma, 2).slice(0, 10), [...Array(9).fill(7), 1]);
  });

  it("copies a palette", () => {
    using src = picture("pal8", 5, 3);
    using dst = picture("pal8", 5, 3);
    src.planes[0]!.memory.fill(9);
    dst.planes[0]!.memory.fill(0);
    dst.copy(src);
    const { memory, offset } = dst.planes[1]!;
    assertEquals([memory[offset], memory[offset + 1023]], [9, 9]);
  });

  it("refuses copies that C refuses, and those that would read elsewhere", () => {
    using frame = picture("yuv420p", 17, 5);
    using larger = picture("yuv420p", 18, 5);
    using higher = picture("yuv420p", 17, 6);
    using gray = picture("gray", 17, 5);
    using empty = core.frames.alloc();
    using sized = core.frames.alloc();
    sized.format = "yuv420p";
    sized.width = 17;
    sized.height = 5;
    for (const src of [larger, higher, gray, empty, sized]) {
      assertEquals(codeOf(() => frame.copy(src)), "EINVAL");
    }
    assertEquals(codeOf(() => sized.copy(frame)), "EINVAL");
    assertEquals(codeOf(() => empty.copy(empty)), "EINVAL");
    using clone = frame.clone();
    assertEquals(codeOf(() => frame.copy(clone)), "OVERLAP");
    assertEquals(codeOf(() => frame.copy(frame)), "OVERLAP");
  });

  it("is freed once, and is of no use then", () => {
    const frame = picture();
    using other = core.frames.alloc();
    frame.free();
    assertEquals(frame.live, false);
    frame[Symbol.dispose]();
    const error = assertThrows(() => frame.free(), MediaError);
    assertEquals([error.code, error.op], ["DOUBLE_FREE", "av_frame_free"]);
    const uses: Readonly<Record<string, () => unknown>> = {
      address: () => frame.address,
      width: () => frame.width,
      setWidth: () => frame.width = 3,
      height: () => frame.height,
      setHeight: () => frame.height = 3,
      format: () => frame.format,
      setFormat: () => frame.format = "gray",
      pts: () => frame.pts,
      setPts: () => frame.pts = 3,
      linesizes: () => frame.linesizes,
      planes: () => frame.planes,
      isWritable: () => frame.isWritable,
      getBuffer: () => frame.getBuffer(),
      clone: () => frame.clone(),
      ref: () => frame.ref(other),
      refFrom: () => other.ref(frame),
      moveRef: () => frame.moveRef(other),
      moveFrom: () => other.moveRef(frame),
      unref: () => frame.unref(),
      makeWritable: () => frame.makeWritable(),
      copy: () => frame.copy(other),
      copyFrom: () => other.copy(frame),
      planeBuffer: () => frame.planeBuffer(0),
    };
    for (const [name, use] of Object.entries(uses)) assertEquals(codeOf(use), "USE_AFTER_FREE", name);
  });
});
