import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import {
  bitsPerPixel,
  chromaSubSample,
  countPlanes,
  paddedBitsPerPixel,
  pixelFormats,
  swapEndianness,
} from "@mediamem/core-ts/image";

/** Format, bits, padded bits, planes, chroma shifts: what libavutil 59 says. */
const FACTS: readonly (readonly [PixelFormatName, number, number, number, number, number])[] = [
  ["yuv420p", 12, 12, 3, 1, 1],
  ["yuv410p", 9, 9, 3, 2, 2],
  ["yuva420p", 20, 20, 4, 1, 1],
  ["nv12", 12, 12, 2, 1, 1],
  ["p010le", 15, 24, 2, 1, 1],
  ["yuyv422", 16, 16, 1, 1, 0],
  ["uyyvyy411", 12, 12, 1, 2, 0],
  ["rgb24", 24, 24, 1, 0, 0],
  ["0rgb", 24, 32, 1, 0, 0],
  ["rgb565le", 16, 16, 1, 0, 0],
  ["rgb4", 4, 4, 1, 0, 0],
  ["rgb4_byte", 4, 8, 1, 0, 0],
  ["monow", 1, 1, 1, 0, 0],
  ["pal8", 8, 8, 1, 0, 0],
  ["gray16be", 16, 16, 1, 0, 0],
  ["xyz12le", 36, 48, 1, 0, 0],
  ["x2rgb10le", 30, 32, 1, 0, 0],
  ["xv30be", 30, 32, 1, 0, 0],
  ["bayer_bggr8", 8, 8, 1, 0, 0],
  ["rgbaf32le", 128, 128, 1, 0, 0],
  ["cuda", 0, 0, 0, 0, 0],
  ["vaapi", 0, 0, 0, 1, 1],
];

describe("the facts of a format", () => {
  for (const [name, bits, padded, planes, shiftW, shiftH] of FACTS) {
    it(`counts ${name}`, () => {
      assertEquals([bitsPerPixel(name), paddedBitsPerPixel(name), countPlanes(name)], [bits, padded, planes]);
      assertEquals(chromaSubSample(name), [shiftW, shiftH]);
    });
  }

  it("has no fewer bits with padding than without", () => {
    for (const name of pixelFormats()) {
      assertEquals(paddedBitsPerPixel(name) >= bitsPerPixel(name), true, name);
    }
  });

  it("refuses unknown names by the name of the C function", () => {
    const calls = { countPlanes, bitsPerPixel, paddedBitsPerPixel, chromaSubSample, swapEndianness };
    const ops = Object.values(calls).map((call) =>
      assertThrows(() => call("nope" as PixelFormatName), MediaError).op
    );
    assertEquals(ops, [
      "av_pix_fmt_count_planes",
      "av_get_bits_per_pixel",
      "av_get_padded_bits_per_pixel",
      "av_pix_fmt_get_chroma_sub_sample",
      "av_pix_fmt_swap_endianness",
    ]);
  });
});

describe("swapEndianness()", () => {
  it("changes the end of the name, and back", () => {
    assertEquals(swapEndianness("gray16" as PixelFormatName), "gray16be");
    for (const name of pixelFormats()) {
      const other = swapEndianness(name);
      assertEquals(other === null, !/[lb]e$/.test(name), name);
      if (other !== null) assertEquals(swapEndianness(other), name);
    }
  });
});
