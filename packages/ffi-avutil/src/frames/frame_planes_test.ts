import { describe } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import type { Frame, PixelFormatName } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, image, missing } = testedAvutil();
const it = itUnless(missing);

function picture(format: PixelFormatName, width: number, height: number, align: number): Frame {
  const frame = avutil.frames.alloc();
  frame.format = format;
  frame.width = width;
  frame.height = height;
  frame.getBuffer(align);
  return frame;
}

describe("the planes of a frame of libavutil", () => {
  it("lie as the library's layout of a frame says, in every format, odd sizes too", () => {
    let compared = 0;
    for (const format of image.pixelFormats()) {
      if ((image.pixelFormat(format).flags & PIXEL_FORMAT_FLAG.HWACCEL) !== 0) continue;
      for (const [width, height, align] of [[16, 8, 0], [17, 5, 0], [1, 1, 16], [33, 3, 1]] as const) {
        const layout = image.imageLayout(format, width, height, { name: "ffmpegFrame", align });
        using frame = picture(format, width, height, align);
        const wanted = layout.planes.map(({ offset, linesize }) => [offset, linesize]);
        assertEquals(frame.planes.map(({ offset, linesize }) => [offset, linesize]), wanted, format);
        assertEquals(frame.linesizes, layout.planes.map(({ linesize }) => linesize), format);
        assertEquals(frame.planes[0]!.memory.length, layout.size, format);
        compared++;
      }
    }
    assert(compared > 600, `Only ${compared} pictures`);
  });

  it("are all in one view of the buffer", () => {
    using frame = picture("yuv420p", 17, 5, 0);
    const [luma, ...others] = frame.planes;
    for (const { memory } of others) assert(memory === luma!.memory);
    assert(frame.planes === frame.planes);
  });

  it("are memory that the functions over pictures take", () => {
    for (const format of ["yuv420p", "nv12", "rgb24", "pal8", "yuva444p", "monow"] as const) {
      using frame = picture(format, 17, 5, 0);
      using twin = picture(format, 17, 5, 64);
      image.fillBlack(frame.planes, format, "tv", 17, 5);
      image.copyImage(twin.planes, frame.planes, format, 17, 5);
      const size = image.bufferSize(format, 17, 5, 1);
      const [wanted, found] = [new Uint8Array(size), new Uint8Array(size).fill(99)];
      image.copyToBuffer(wanted, frame.planes, format, 17, 5, 1);
      image.copyToBuffer(found, twin.planes, format, 17, 5, 1);
      assertEquals(found, wanted, format);
    }
  });
});
