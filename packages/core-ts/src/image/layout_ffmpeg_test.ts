import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { fillArrays } from "./fill_arrays.ts";
import { imageLayout } from "./layout.ts";
import { FORMAT_RECORDS } from "./record.ts";
import { ffmpeg } from "./rules.ts";

function size(format: PixelFormatName, width: number, height: number, align: number): number {
  return imageLayout(format, width, height, ffmpeg(align)).size;
}

function linesizes(format: PixelFormatName, width: number, align: number): readonly number[] {
  return imageLayout(format, width, 1, ffmpeg(align)).planes.map((plane) => plane.linesize);
}

describe("ffmpeg()", () => {
  it("gives the numbers that FFmpeg's documentation and tutorials quote", () => {
    assertEquals([size("yuv420p", 300, 300, 1), size("yuv420p", 300, 300, 16)], [135000, 139200]);
    assertEquals(linesizes("yuv420p", 300, 16), [304, 160, 160]);
    assertEquals(linesizes("uyvy422", 300, 1), [600]);
  });

  it("gives what the library answered for odd pictures", () => {
    const layout = imageLayout("yuv420p", 17, 13, ffmpeg(8));
    assertEquals(layout.planes.map((plane) => plane.offset), [0, 312, 424]);
    assertEquals([layout.size, size("pal8", 17, 13, 1), size("pal8", 17, 13, 4)], [536, 1245, 1284]);
    assertEquals(linesizes("nv12", 17, 1), [17, 18]);
    assertEquals(linesizes("yuv410p", 17, 1), [17, 5, 5]);
    assertEquals(linesizes("yuyv422", 17, 1), [36]);
    assertEquals(linesizes("y210le", 17, 1), [72]);
    assertEquals(linesizes("p010le", 17, 1), [34, 36]);
    assertEquals(linesizes("gbrap", 17, 4), [20, 20, 20, 20]);
  });

  it("agrees with fillArrays on every format", () => {
    const address = 4096;
    for (const { name, hwaccel } of FORMAT_RECORDS) {
      if (hwaccel) continue;
      for (
        const [width, height, align] of [[1, 1, 1], [17, 13, 1], [17, 13, 32], [98, 51, 8], [
          640,
          2,
          64,
        ]] as const
      ) {
        const arrays = fillArrays(name, width, height, align, address);
        const layout = imageLayout(name, width, height, ffmpeg(align));
        assertEquals(layout.size, arrays.size);
        for (let plane = 0; plane < 4; plane++) {
          const found = layout.planes[plane];
          assertEquals(found === undefined ? 0 : address + found.offset, arrays.data[plane]);
          assertEquals(found?.linesize ?? 0, arrays.linesizes[plane]);
        }
      }
    }
  });

  it("stops where FFmpeg stops", () => {
    assertEquals(size("gray", 16255, 16255, 1), 16255 * 16255);
    assertEquals([size("gray", 2080767, 1, 1), size("gray", 1, 2080767, 1)], [2080767, 2080767]);
    for (const [width, height] of [[16256, 16256], [2080768, 1], [1, 2080768]] as const) {
      const error = assertThrows(() => size("gray", width, height, 1), MediaError, `${width}x${height}`);
      assertEquals([error.code, error.averror, error.op], ["EINVAL", -22, "av_image_fill_arrays"]);
    }
  });

  it("refuses more bytes than an int holds", () => {
    assertEquals(size("gray", 1, 1, 1073741824), 1073741824);
    for (const height of [2, 4]) {
      assertThrows(() => size("gray", 1, height, 1073741824), MediaError, "at most 2147483647");
    }
    assertThrows(() => size("rgb24", 400000000, 1, 1), MediaError, "wanted");
  });

  it("refuses formats on a device", () => {
    for (const format of ["cuda", "vaapi", "drm_prime"] as const) {
      assertEquals(assertThrows(() => size(format, 16, 16, 1), MediaError, "on a device").code, "EINVAL");
    }
  });
});
