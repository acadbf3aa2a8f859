import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PerPlane, PixelFormatName, Planes } from "@mediamem/interface";
import { MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { allocImage, fillColor, pixelFormat, pixelFormats, readImageLine } from "@mediamem/core-ts/image";
import fc from "fast-check";

/** Formats with pixels in memory whose components do not share bits, as those of Bayer formats do. */
const APART = pixelFormats().filter((name) => {
  const { nbComponents, flags } = pixelFormat(name);
  return nbComponents > 0 && (flags & PIXEL_FORMAT_FLAG.BAYER) === 0;
});

function row(format: PixelFormatName, color: PerPlane, width: number): number[] {
  const memory = new Uint8Array(64).fill(0xee);
  fillColor([{ memory, offset: 0, linesize: 64 }], format, color, width, 1);
  return [...memory.subarray(0, memory.indexOf(0xee))];
}

describe("fillColor()", () => {
  it("repeats groups of pixels and cuts the last one", () => {
    assertEquals(row("rgb24", [1, 2, 3, 0], 2), [1, 2, 3, 1, 2, 3]);
    assertEquals(row("yuyv422", [1, 2, 3, 0], 2), [1, 2, 1, 3]);
    assertEquals(row("yuyv422", [1, 2, 3, 0], 3), [1, 2, 1, 3, 1, 2, 1, 3]);
    assertEquals(row("rgb565be", [31, 0, 0, 0], 1), [0xf8, 0]);
    assertEquals(row("rgb4", [1, 0, 1, 0], 3), [0x99, 0x99]);
    assertEquals(row("monob", [1, 0, 0, 0], 9), [0xff, 0xff]);
    assertEquals(row("xv30be", [1, 2, 3, 0], 1), [0x00, 0x30, 0x04, 0x02]);
  });

  it("lets bits above the depth fall where C lets them fall", () => {
    assertEquals(row("rgb565le", [0, 64, 0, 0], 1), [0, 8]);
    assertEquals(row("gray", [0x1ff, 0, 0, 0], 1), [0xff]);
    assertEquals(row("xv30be", [0, 0x400, 0, 0], 1), [0, 0, 4, 0]);
  });

  it("writes only the first luma of uyyvyy411, as C does", () => {
    assertEquals(row("uyyvyy411", [1, 2, 3, 0], 4), [2, 1, 0, 3, 0, 0]);
  });

  it("leaves the bytes between the rows and the palette alone", () => {
    using image = allocImage("pal8", 3, 2, 4);
    fillColor(image.planes, "pal8", [9, 0, 0, 0], 3, 2);
    assertEquals([...image.memory.subarray(0, 10)], [9, 9, 9, 0, 9, 9, 9, 0, 0, 0]);
  });

  it("is read back by readImageLine() in every format but Bayer ones, odd sizes too", () => {
    const side = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(fc.constantFrom(...APART), side, side, fc.nat(), (format, width, height, seed) => {
        using image = allocImage(format, width, height, 4);
        const { comp, nbComponents, log2ChromaW } = pixelFormat(format);
        const color = comp.map(({ depth }, c) => (seed * (c + 3)) % 2 ** depth) as unknown as PerPlane;
        fillColor(image.planes, format, color, width, height);
        for (let c = 0; c < nbComponents; c++) {
          // The group that C repeats holds only one of the four luma samples.
          if (format === "uyyvyy411" && c === 0) continue;
          const samples = c === 1 || c === 2 ? -(-width >> log2ChromaW) : width;
          const line = new Uint32Array(samples);
          readImageLine(line, image.planes, format, 0, 0, c, samples);
          assertEquals(line, new Uint32Array(samples).fill(color[c]!), `${format} ${c}`);
        }
      }),
    );
  });

  it("only checks without a picture, and has nothing to do without rows or columns", () => {
    fillColor(null, "yuv420p", [1, 2, 3, 0], 17, 13);
    const planes: Planes = [{ memory: new Uint8Array(4), offset: 99, linesize: 1 }];
    fillColor(planes, "gray", [1, 0, 0, 0], 0, 4);
    fillColor(planes, "gray", [1, 0, 0, 0], 4, 0);
    fillColor(planes, "gray", [1, 0, 0, 0], 4, -1);
    assertEquals([...planes[0]!.memory], [0, 0, 0, 0]);
  });

  it("refuses before it writes", () => {
    const memory = new Uint8Array(8);
    const good = { memory, offset: 0, linesize: 4 };
    const calls = [
      () => fillColor(null, "cuda", [0, 0, 0, 0], 4, 2),
      () => fillColor(null, "gray", [0, 0, 0, 0], -1, 2),
      () => fillColor([{ ...good, offset: 1 }], "gray", [1, 0, 0, 0], 4, 2),
      () => fillColor([good, { ...good, offset: 5 }], "nv12", [1, 1, 1, 0], 4, 2),
      () => fillColor(null, "gray", [-1, 0, 0, 0], 4, 2),
      () => fillColor(null, "gray", [4294967296, 0, 0, 0], 4, 2),
    ];
    for (const call of calls) {
      const error = assertThrows(call, MediaError);
      assertEquals([error.code, error.op, [...memory]], ["EINVAL", "av_image_fill_color", [
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
      ]]);
    }
    assertThrows(
      () => fillColor([good], "gray", [1] as unknown as PerPlane, 4, 2),
      TypeError,
      "color is Array",
    );
    assertThrows(() => fillColor([good], "gray", [0.5, 0, 0, 0], 4, 2), TypeError, "color[0] is 0.5");
    assertThrows(() => fillColor([good], "gray", [1, 0, 0, 0], NaN, 2), TypeError, "width is NaN");
    assertThrows(() => fillColor([good], "nv12", [1, 0, 0, 0], 4, 2), TypeError, "dst[1] is undefined");
    assertThrows(
      () => fillColor(undefined as never, "gray", [1, 0, 0, 0], 4, 2),
      TypeError,
      "dst is undefined",
    );
  });
});
