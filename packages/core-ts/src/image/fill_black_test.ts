import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { ColorRange, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { fillBlack, linesizes } from "@mediamem/core-ts/image";

/** Format, and a row of three pixels of range tv and pc, plane by plane: what libavutil 59 writes. */
const ROWS: readonly (readonly [PixelFormatName, string, string])[] = [
  ["yuv420p", "101010,8080,8080", "000000,8080,8080"],
  ["yuvj420p", "101010,8080,8080", "000000,8080,8080"],
  ["yuva420p", "101010,8080,8080,ffffff", "000000,8080,8080,ffffff"],
  ["yuv420p10le", "400040004000,00020002,00020002", "000000000000,00020002,00020002"],
  ["yuv420p10be", "004000400040,02000200,02000200", "000000000000,02000200,02000200"],
  ["nv12", "101010,80808080", "000000,80808080"],
  ["p010le", "001000100010,0080008000800080", "000000000000,0080008000800080"],
  ["yuyv422", "1080108010801080", "0080008000800080"],
  ["uyvy422", "8010801080108010", "8000800080008000"],
  ["uyyvyy411", "801000800000", "800000800000"],
  ["rgb24", "000000000000000000", "000000000000000000"],
  ["argb", "ff000000ff000000ff000000", "ff000000ff000000ff000000"],
  ["rgb565le", "000000000000", "000000000000"],
  ["rgb4", "0000", "0000"],
  ["monow", "ff", "ff"],
  ["monob", "00", "00"],
  ["pal8", "000000", "000000"],
  ["gray", "101010", "000000"],
  ["gray16be", "100010001000", "000000000000"],
  ["ya8", "10ff10ff10ff", "00ff00ff00ff"],
  [
    "gbrap16le",
    "000000000000,000000000000,000000000000,ffffffffffff",
    "000000000000,000000000000,000000000000,ffffffffffff",
  ],
  ["xv30be", "200102002001020020010200", "200002002000020020000200"],
  ["grayf32le", "0000803d0000803d0000803d", "000000000000000000000000"],
  [
    "gbrapf32le",
    "000000000000000000000000,000000000000000000000000,000000000000000000000000,0000803f0000803f0000803f",
    "000000000000000000000000,000000000000000000000000,000000000000000000000000,0000803f0000803f0000803f",
  ],
  [
    "rgbaf16le",
    "000000000000003c000000000000003c000000000000003c",
    "000000000000003c000000000000003c000000000000003c",
  ],
  ["bayer_bggr8", "000000", "000000"],
  ["xyz12le", "000000000000000000000000000000000000", "000000000000000000000000000000000000"],
  ["vuya", "808010ff808010ff808010ff", "808000ff808000ff808000ff"],
  [
    "ayuv64le",
    "ffff001000800080ffff001000800080ffff001000800080",
    "ffff000000800080ffff000000800080ffff000000800080",
  ],
  ["rgb0", "000000000000000000000000", "000000000000000000000000"],
];

function row(format: PixelFormatName, range: ColorRange): string {
  const planes = Array.from(
    { length: 4 },
    () => ({ memory: new Uint8Array(64).fill(0xee), offset: 0, linesize: 64 }),
  );
  fillBlack(planes, format, range, 3, 1);
  return linesizes(format, 3).filter((bytes) => bytes > 0).map((bytes, plane) => {
    const { memory } = planes[plane]!;
    assertEquals(memory[bytes], 0xee, "the byte behind the row");
    return Array.from(memory.subarray(0, bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }).join(",");
}

describe("fillBlack()", () => {
  for (const [name, tv, pc] of ROWS) {
    it(`paints ${name} black`, () => {
      assertEquals([row(name, "tv"), row(name, "unspecified"), row(name, "pc")], [tv, tv, pc]);
    });
  }

  it("only checks without a picture", () => {
    fillBlack(null, "yuv420p", "tv", 17, 13);
  });

  it("refuses device formats, bad sizes, ranges and planes", () => {
    const plane = [{ memory: new Uint8Array(4), offset: 1, linesize: 2 }];
    for (
      const call of [
        () => fillBlack(null, "cuda", "tv", 16, 16),
        () => fillBlack(null, "gray", "tv", -1, 16),
        () => fillBlack(plane, "gray", "tv", 2, 2),
      ]
    ) {
      const error = assertThrows(call, MediaError);
      assertEquals([error.code, error.op, error.averror], ["EINVAL", "av_image_fill_black", -22]);
    }
    assertEquals([...plane[0]!.memory], [0, 0, 0, 0]);
    for (const range of ["mpeg", "", undefined, 1]) {
      assertThrows(() => fillBlack(null, "gray", range as ColorRange, 1, 1), TypeError, "range is");
    }
    assertThrows(() => fillBlack(null, "gray", "tv", 1, 0.5), TypeError, "height is 0.5");
  });
});
