import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { FORMAT_RECORDS } from "./record.ts";
import { ffmpeg, webcodecs } from "./rules.ts";
import { WEBCODECS_FORMATS } from "./webcodecs_layout.ts";

const formats = Object.keys(WEBCODECS_FORMATS) as PixelFormatName[];

function rowBytes(format: PixelFormatName, width: number, height: number): readonly number[] {
  return imageLayout(format, width, height, webcodecs).planes.map((plane) => plane.rowBytes);
}

describe("webcodecs", () => {
  it("packs even pictures as FFmpeg does", () => {
    for (const format of formats) {
      for (const [width, height] of [[2, 2], [98, 51], [640, 480]] as const) {
        const packed = imageLayout(format, width, height, ffmpeg(1));
        assertEquals(imageLayout(format, width, height, webcodecs), { ...packed, rules: webcodecs });
      }
    }
  });

  it("loses the last chroma column of an odd width, and no row of an odd height", () => {
    assertEquals(rowBytes("yuv420p", 99, 51), [99, 49, 49]);
    assertEquals(rowBytes("yuva420p10le", 99, 51), [198, 98, 98, 198]);
    assertEquals(rowBytes("yuv422p12le", 99, 51), [198, 98, 98]);
    assertEquals(rowBytes("nv12", 99, 51), [99, 98]);
    assertEquals(rowBytes("yuv444p", 99, 51), [99, 99, 99]);
    assertEquals(rowBytes("bgra", 99, 51), [396]);
    assertEquals(imageLayout("nv12", 99, 51, webcodecs).planes[1]!.rows, 26);
    assertEquals(imageLayout("nv12", 99, 51, webcodecs).size, 99 * 51 + 98 * 26);
  });

  it("leaves a picture one pixel wide without chroma", () => {
    const { planes, size } = imageLayout("yuv420p", 1, 3, webcodecs);
    assertEquals(planes[2], { plane: 2, offset: 3, linesize: 0, rowBytes: 0, rows: 2, extent: 0 });
    assertEquals(size, 3);
  });

  it("has no layout for formats that WebCodecs does not know", () => {
    for (const { name } of FORMAT_RECORDS) {
      if (formats.includes(name)) continue;
      const error = assertThrows(
        () => imageLayout(name, 16, 16, webcodecs),
        MediaError,
        "WebCodecs has no such format",
      );
      assertEquals(error.code, "ENOSYS", name);
    }
  });

  it("stops at what an unsigned long holds", () => {
    assertEquals(imageLayout("rgba", 32768, 32767, webcodecs).size, 4294836224);
    const error = assertThrows(() => imageLayout("rgba", 32768, 32768, webcodecs), MediaError, "4294967295");
    assertEquals(error.code, "EINVAL");
    assertThrows(() => imageLayout("rgba", 1073741824, 1, webcodecs), MediaError, "at most 2147483647");
  });
});
