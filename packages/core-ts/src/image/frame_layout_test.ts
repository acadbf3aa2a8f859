import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { AvutilMajor, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { ffmpegFrame } from "./rules.ts";

/** Linesizes, offsets and size. */
function frame(
  format: PixelFormatName,
  width: number,
  height: number,
  align = 0,
  major?: AvutilMajor,
  buildAlign?: 32 | 64,
): readonly [readonly number[], readonly number[], number] {
  const { planes, size } = imageLayout(format, width, height, ffmpegFrame(align, major, buildAlign));
  return [planes.map((plane) => plane.linesize), planes.map((plane) => plane.offset), size];
}

describe("ffmpegFrame()", () => {
  it("lays 1080p out in 3133568 bytes with U at 2088992, up to libavutil 59", () => {
    for (const major of [56, 57, 58, 59] as const) {
      assertEquals(frame("yuv420p", 1920, 1080, 0, major), [
        [1920, 960, 960],
        [0, 2088992, 2611264],
        3133568,
      ]);
    }
  });

  it("gives what libavutil 57 and 58 answered", () => {
    for (const major of [57, 58] as const) {
      assertEquals(frame("yuv420p", 100, 50, 0, major), [[128, 64, 64], [0, 8224, 10304], 12416]);
      assertEquals(frame("yuv420p", 100, 50, 64, major), [[128, 64, 64], [0, 8256, 10368], 12544]);
      assertEquals(frame("yuv420p", 99, 51, 0, major), [[128, 64, 64], [0, 8224, 10304], 12416]);
      assertEquals(frame("pal8", 17, 13, 0, major), [[32, 0], [0, 1056], 2176]);
    }
  });

  it("aligns to what libavutil 59 was built for", () => {
    assertEquals(frame("pal8", 17, 13, 0, 59), [[64, 0], [0, 2080], 3200]);
    assertEquals(frame("pal8", 17, 13, 0, 59, 32), frame("pal8", 17, 13, 0, 58));
    assertEquals(frame("yuv420p", 1001, 7, 1, 59, 32), frame("yuv420p", 1001, 7, 1, 58));
  });

  it("pads by the build's alignment from libavutil 60 on", () => {
    assertEquals(frame("yuv420p", 100, 50, 0, 60), [[128, 64, 64], [0, 8256, 10368], 12800]);
    assertEquals(frame("yuv420p", 100, 50), frame("yuv420p", 100, 50, 0, 60));
    assertEquals(frame("yuv420p", 100, 50, 0, 60, 32), [[128, 64, 64], [0, 8224, 10304], 12544]);
    assertEquals(frame("nv12", 33, 31, 1, 60), [[33, 34], [0, 1120], 1120 + 34 * 16 + 64 * 3 + 4]);
    assertEquals(frame("nv12", 500, 31, 512, 60), [[512, 512], [0, 16896], 16384 + 8192 + 8 * 512]);
  });

  it("widens the picture rather than the row where that makes rows fit", () => {
    // 3 bytes a pixel: 11 pixels are 33 bytes, 16 pixels are 48, 32 pixels are 96, which 32 divides.
    assertEquals(frame("rgb24", 11, 1, 32, 57)[0], [96]);
    assertEquals(frame("rgb24", 11, 1, 16, 57)[0], [48]);
    assertEquals(frame("yuv411p", 17, 1, 16, 57)[0], [32, 16, 16]);
  });

  it("counts the palette that libavutil 56 gave to formats without one", () => {
    for (const format of ["gray", "bgr8", "bgr4_byte", "rgb8", "rgb4_byte"] as const) {
      const [linesizes, offsets, size] = frame(format, 17, 13, 0, 57);
      assertEquals(frame(format, 17, 13, 0, 56), [linesizes, offsets, size + 1024]);
    }
    assertEquals(frame("pal8", 17, 13, 0, 56), frame("pal8", 17, 13, 0, 57));
    assertEquals(frame("gray10le", 17, 13, 0, 56), frame("gray10le", 17, 13, 0, 57));
  });

  it("refuses formats that the major does not have", () => {
    frame("gbrap14le", 2, 2, 0, 58);
    for (const [format, major] of [["gbrap14le", 57], ["p012le", 57], ["xvmc", 59], ["ayuv", 59]] as const) {
      const error = assertThrows(() => frame(format, 2, 2, 0, major), MediaError, `libavutil ${major}`);
      assertEquals([error.code, error.op], ["EINVAL", "av_frame_get_buffer"]);
    }
  });

  it("stops where each major stops", () => {
    assertEquals(frame("gray", 1, 2080767, 512, 57)[2], 512 * 2080768 + 4 * 512);
    for (const major of [57, 59] as const) {
      const error = assertThrows(
        () => frame("gray", 1, 2080767, 2048, major),
        MediaError,
        "at most 2147483647",
      );
      assertEquals([error.code, error.averror], ["EINVAL", -22]);
    }
    const error = assertThrows(() => frame("gray", 1, 2080767, 2048, 60), MediaError, "at most 2147483647");
    assertEquals([error.code, error.averror], ["ENOMEM", -12]);
    assertThrows(() => frame("rgb24", 17, 13, 1073741824, 60), MediaError, "linesize");
    assertThrows(() => frame("gray", 16256, 16256, 0, 57), MediaError, "16256x16256");
    assertThrows(() => frame("cuda", 16, 16), MediaError, "on a device");
  });
});
