import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { bufferSize, fillArrays, pixelFormat, pixelFormats, planeSizes } from "@mediamem/core-ts/image";
import fc from "fast-check";

/** Format, bytes of 16x12 and of 17x13, each at align 1 and 16: what libavutil 59 says of one format of each family. */
const FAMILIES: readonly (readonly [PixelFormatName, number, number, number, number])[] = [
  ["yuv420p", 288, 384, 347, 640],
  ["yuv410p", 216, 288, 261, 544],
  ["yuv411p", 288, 576, 351, 832],
  ["yuv422p", 384, 576, 455, 832],
  ["yuv440p", 384, 384, 459, 864],
  ["yuv444p", 576, 576, 663, 1248],
  ["yuva420p", 480, 576, 568, 1056],
  ["yuv420p10le", 576, 576, 694, 1072],
  ["nv12", 288, 288, 347, 640],
  ["nv24", 576, 576, 663, 1040],
  ["p010le", 576, 576, 694, 960],
  ["yuyv422", 384, 384, 468, 624],
  ["uyyvyy411", 288, 384, 390, 416],
  ["y210le", 768, 768, 936, 1040],
  ["rgb24", 576, 576, 663, 832],
  ["rgba", 768, 768, 884, 1040],
  ["rgb565le", 384, 384, 442, 624],
  ["rgb4", 96, 192, 117, 208],
  ["rgb4_byte", 192, 192, 221, 416],
  ["monow", 24, 192, 39, 208],
  ["pal8", 1216, 1216, 1245, 1440],
  ["gray16le", 384, 384, 442, 624],
  ["ya8", 384, 384, 442, 624],
  ["gbrp", 576, 576, 663, 1248],
  ["gbrap16le", 1536, 1536, 1768, 2496],
  ["x2rgb10le", 768, 768, 884, 1040],
  ["xv30be", 768, 768, 884, 1040],
  ["bayer_bggr8", 192, 192, 221, 416],
  ["rgbaf32le", 3072, 3072, 3536, 3536],
  ["xyz12le", 1152, 1152, 1326, 1456],
];

function refused(call: () => unknown): string {
  const { code, op, averror } = assertThrows(call, MediaError);
  return `${code} ${op} ${averror}`;
}

describe("the first call of bufferSize()", () => {
  it("already knows a name from none", () => {
    assertEquals(
      refused(() => bufferSize("" as PixelFormatName, 0, 5, 0)),
      "EINVAL av_image_get_buffer_size -22",
    );
    assertEquals(bufferSize("gray", 1, 5, 1), 5);
  });
});

describe("bufferSize()", () => {
  for (const [name, even1, even16, odd1, odd16] of FAMILIES) {
    it(`counts the bytes of ${name}`, () => {
      assertEquals([bufferSize(name, 16, 12, 1), bufferSize(name, 16, 12, 16)], [even1, even16]);
      assertEquals([bufferSize(name, 17, 13, 1), bufferSize(name, 17, 13, 16)], [odd1, odd16]);
    });
  }

  it("answers what FFmpeg's documentation says", () => {
    assertEquals(bufferSize("yuv420p", 300, 300, 1), 135000);
    assertEquals(bufferSize("yuv420p", 300, 300, 16), 139200);
  });

  it("is the sum of the planes", () => {
    const name = fc.constantFrom(...pixelFormats().filter((name) => pixelFormat(name).nbComponents > 0));
    const side = fc.integer({ min: 1, max: 300 });
    const align = fc.constantFrom(1, 2, 4, 8, 16, 32, 64, 128, 256, 512);
    fc.assert(fc.property(name, side, side, align, (name, width, height, align) => {
      const { linesizes, size } = fillArrays(name, width, height, align);
      const sum = planeSizes(name, height, linesizes).reduce((sum, bytes) => sum + bytes, 0);
      assertEquals([bufferSize(name, width, height, align), size], [sum, sum]);
    }));
  });

  it("rounds with the bit trick of C, whatever align is", () => {
    const sizes = (
      align: number,
    ) => [bufferSize("yuv420p", 17, 13, align), bufferSize("pal8", 17, 13, align)];
    assertEquals(sizes(0), [0, 1024]);
    assertEquals(sizes(3), [347, 1245]);
    assertEquals(sizes(6), [374, 1258]);
    assertEquals(sizes(-1), [27, 1037]);
    assertEquals(sizes(-16), [224, 1024]);
    assertEquals(sizes(-2147483647), [347, 1245]);
    assertEquals(bufferSize("yuv420p", 1, 1, 2147483647), 3);
  });

  it("goes to the limit of an int", () => {
    assertEquals(bufferSize("gray", 1, 1, 1073741824), 1073741824);
    assertEquals(bufferSize("rgba", 16255, 16255, 1), 1056900100);
    assertEquals(bufferSize("gbrap16le", 16255, 16255, 1), 2113800200);
  });

  it("refuses more", () => {
    const wrong: [PixelFormatName, number, number, number][] = [
      ["rgbaf32le", 16255, 16255, 1],
      ["gray", 1, 2, 1073741824],
      ["yuv420p", 17, 13, 134217728],
      ["yuv420p", 17, 13, 2147483647],
      ["gray", 1, 1, -2147483648],
      ["gray", 16256, 16256, 1],
      ["gray", 0, 1, 1],
      ["gray", 1, -1, 1],
      ["gray", 2147483648, 1, 1],
      ["cuda", 16, 16, 1],
    ];
    for (const [name, width, height, align] of wrong) {
      assertEquals(
        refused(() => bufferSize(name, width, height, align)),
        "EINVAL av_image_get_buffer_size -22",
      );
    }
  });

  it("checks every argument of a picture that it was asked for before", () => {
    assertEquals(bufferSize("nv12", 17, 13, 8), 480);
    for (const height of [0, -1, 2080768, 2147483648]) {
      assertEquals(refused(() => bufferSize("nv12", 17, height, 8)), "EINVAL av_image_get_buffer_size -22");
    }
    assertThrows(() => bufferSize("nv12", 17, "13" as unknown as number, 8), TypeError, "height");
    assertEquals(
      refused(() => bufferSize("rgbaf32le", 16255, 16255, 8)),
      "EINVAL av_image_get_buffer_size -22",
    );
    assertEquals([bufferSize("nv12", 17, 12, 8), bufferSize("nv12", 17, 13, 1)], [432, 347]);
  });

  it("throws a TypeError for what is no integer", () => {
    for (const wrong of [0.5, NaN, Infinity, "16", null, undefined, 16n]) {
      const value = wrong as number;
      assertThrows(() => bufferSize("gray", value, 16, 1), TypeError, "width");
      assertThrows(() => bufferSize("gray", 16, value, 1), TypeError, "height");
      assertThrows(() => bufferSize("gray", 16, 16, value), TypeError, "align");
    }
  });
});
