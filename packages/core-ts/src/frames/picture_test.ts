import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { createCore } from "@mediamem/core-ts";
import {
  ffmpegFrame,
  imageLayout,
  pixelFormat,
  pixelFormatNumber,
  pixelFormats,
} from "@mediamem/core-ts/image";

const core = createCore();

describe("the memory of a frame of core-ts", () => {
  it("is laid out as libavutil 60 does, in every format, odd sizes too", () => {
    for (const format of pixelFormats()) {
      if ((pixelFormat(format).flags & PIXEL_FORMAT_FLAG.HWACCEL) !== 0) continue;
      for (const [width, height, align] of [[16, 8, 0], [17, 5, 0], [1, 1, 16], [33, 3, 64]] as const) {
        using frame = core.frames.alloc();
        frame.format = format;
        frame.width = width;
        frame.height = height;
        if (pixelFormatNumber(format) < 0) {
          assertEquals(assertThrows(() => frame.getBuffer(align), MediaError).code, "EINVAL");
          continue;
        }
        frame.getBuffer(align);
        const layout = imageLayout(format, width, height, ffmpegFrame(align));
        const wanted = layout.planes.map(({ offset, linesize }) => [offset, linesize]);
        assertEquals(frame.planes.map(({ offset, linesize }) => [offset, linesize]), wanted, format);
        assertEquals(frame.linesizes, layout.planes.map(({ linesize }) => linesize), format);
        assertEquals(frame.planes[0]!.memory.length, layout.size, format);
      }
    }
  });

  it("has every plane but the first at a multiple of align, whatever the memory's own address is", () => {
    for (const format of ["yuv420p", "yuva444p", "pal8"] as const) {
      for (let i = 0; i < 8; i++) {
        using frame = core.frames.alloc();
        frame.format = format;
        frame.width = 17;
        frame.height = 5;
        frame.getBuffer(512);
        using ref = frame.planeBuffer(0);
        const [first, ...others] = frame.planes;
        assertEquals(first!.offset, 0);
        for (const { offset } of others) assertEquals((ref.address + offset) % 512, 0);
        assert(others.at(-1)!.offset + 512 <= ref.size);
      }
    }
  });

  it("is all zero", () => {
    using frame = core.frames.alloc();
    frame.format = "nv12";
    frame.width = 17;
    frame.height = 5;
    frame.getBuffer();
    assert(frame.planes[0]!.memory.every((byte) => byte === 0));
  });
});
