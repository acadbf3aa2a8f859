import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { ImageLayout, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { CropRectangle } from "./crop_layout.ts";
import { cropLayout } from "./crop_layout.ts";
import { imageLayout } from "./layout.ts";
import { flipLayout } from "./layout_flip.ts";
import { planeRows } from "./layout_memory.ts";
import { findFormat } from "./record.ts";
import { ffmpeg, gstreamer, webcodecs } from "./rules.ts";
import { arbitraryLayout } from "./testdata/arbitrary_layouts_test.ts";

function picture(format: PixelFormatName, width = 64, height = 48): ImageLayout {
  return imageLayout(format, width, height, ffmpeg(16));
}

function at(left: number, top: number, width: number, height: number): CropRectangle {
  return { left, top, width, height };
}

/** The smallest columns and rows that every format can be cut at. */
const GROUP = 8;

describe("cropLayout()", () => {
  it("moves the start of each plane by whole samples", () => {
    const part = cropLayout(picture("yuv420p", 99, 51), at(34, 10, 33, 21));
    assertEquals(part, {
      format: "yuv420p",
      width: 33,
      height: 21,
      rules: { name: "custom" },
      size: 112 * 51 + 64 * 26 + 64 * 15 + 34,
      planes: [
        { plane: 0, offset: 1120 + 34, linesize: 112, rowBytes: 33, rows: 21, extent: 112 * 20 + 33 },
        { plane: 1, offset: 5712 + 320 + 17, linesize: 64, rowBytes: 17, rows: 11, extent: 64 * 10 + 17 },
        { plane: 2, offset: 7376 + 320 + 17, linesize: 64, rowBytes: 17, rows: 11, extent: 64 * 10 + 17 },
      ],
    });
  });

  it("knows groups of pixels, chroma in pairs, bits, Bayer patterns and palettes", () => {
    const offsets = (format: PixelFormatName, left: number, top: number): readonly number[] =>
      cropLayout(picture(format), at(left, top, 5, 3)).planes.map((plane) => plane.offset);
    assertEquals(offsets("nv12", 6, 2), [128 + 6, 64 * 48 + 64 + 6]);
    assertEquals(offsets("nv24", 3, 1), [64 + 3, 64 * 48 + 128 + 6]);
    assertEquals(offsets("yuyv422", 6, 1), [128 + 12]);
    assertEquals(offsets("uyyvyy411", 8, 1), [96 + 12]);
    assertEquals(offsets("rgb24", 7, 1), [192 + 21]);
    assertEquals(offsets("monob", 8, 1), [16 + 1]);
    assertEquals(offsets("rgb4", 2, 1), [32 + 1]);
    assertEquals(offsets("bayer_rggb16le", 2, 4), [4 * 128 + 4]);
    assertEquals(offsets("pal8", 3, 1), [64 + 3, 64 * 48]);
    assertEquals(offsets("yuva444p10le", 3, 1)[3], 128 * 48 * 3 + 128 + 6);
  });

  it("refuses an edge inside a group and names the nearest that are not", () => {
    for (
      const [format, left, top, message] of [
        ["yuv420p", 3, 0, "left is 3, wanted a multiple of 2: 2 or 4"],
        ["yuv420p", 0, 47, "top is 47, wanted a multiple of 2: 46"],
        ["yuv410p", 63, 0, "left is 63, wanted a multiple of 4: 60"],
        ["yuv410p", 0, 6, "top is 6, wanted a multiple of 4: 4 or 8"],
        ["yuyv422", 1, 0, "multiple of 2: 0 or 2"],
        ["uyyvyy411", 6, 0, "multiple of 4: 4 or 8"],
        ["monow", 12, 0, "multiple of 8: 8 or 16"],
        ["bgr4", 1, 0, "multiple of 2: 0 or 2"],
        ["bayer_bggr8", 1, 0, "left is 1, wanted a multiple of 2: 0 or 2"],
        ["bayer_bggr8", 0, 1, "top is 1, wanted a multiple of 2: 0 or 2"],
      ] as const
    ) {
      const error = assertThrows(() => cropLayout(picture(format), at(left, top, 1, 1)), MediaError);
      assert(error.message.endsWith(message), error.message);
      assertEquals([error.code, error.op], ["EINVAL", "cropLayout"]);
    }
    for (const format of ["yuv444p", "rgba", "gray", "y210le", "xv30be"] as const) {
      const columns = format === "y210le" ? 2 : 1;
      cropLayout(picture(format), at(columns, 1, 1, 1));
    }
    cropLayout(picture("yuv422p"), at(2, 1, 1, 1));
  });

  it("refuses what is not inside the picture", () => {
    const layout = picture("rgba", 99, 51);
    for (
      const [left, top, width, height] of [[-2, 0, 4, 4], [0, -2, 4, 4], [96, 0, 4, 1], [
        0,
        51,
        1,
        1,
      ]] as const
    ) {
      const error = assertThrows(() => cropLayout(layout, at(left, top, width, height)), MediaError, "99x51");
      assertEquals([error.code, error.averror], ["ERANGE", -34]);
    }
    for (const [width, height] of [[0, 1], [1, 0], [-1, 1]] as const) {
      assertEquals(
        assertThrows(() => cropLayout(layout, at(0, 0, width, height)), MediaError, "at least 1x1").code,
        "EINVAL",
      );
    }
    cropLayout(layout, at(98, 50, 1, 1));
  });

  it("refuses arguments of a wrong type", () => {
    const layout = picture("rgba");
    assertThrows(() => cropLayout(layout, at(0.5, 0, 1, 1)), TypeError, "left is 0.5");
    assertThrows(
      () => cropLayout(layout, { left: 0, top: 0, width: 1 } as CropRectangle),
      TypeError,
      "height is",
    );
    assertThrows(() => cropLayout(layout, null as unknown as CropRectangle), TypeError, "rectangle is null");
    assertThrows(() => cropLayout({} as ImageLayout, at(0, 0, 1, 1)), TypeError, "layout is Object");
    assertThrows(
      () => cropLayout({ ...layout, planes: [] }, at(0, 0, 1, 1)),
      MediaError,
      "0 planes, wanted 1",
    );
  });

  it("lacks what the layout lacks", () => {
    const layout = imageLayout("nv12", 5, 5, webcodecs);
    assertEquals(cropLayout(layout, at(0, 0, 5, 5)).planes, layout.planes);
    assertEquals(cropLayout(layout, at(4, 2, 1, 3)).planes.map((plane) => plane.rowBytes), [1, 0]);
    assertEquals(cropLayout(layout, at(2, 2, 2, 3)).planes.map((plane) => plane.rowBytes), [2, 2]);
  });

  it("works in a picture that is stored bottom up", () => {
    const layout = picture("yuv420p", 99, 51);
    const memory = Uint8Array.from({ length: layout.size }, (_, i) => i * 7 + (i >> 8));
    const upright = cropLayout(layout, at(2, 50, 3, 1));
    const flipped = cropLayout(flipLayout(layout), at(2, 0, 3, 1));
    assertEquals([...planeRows(flipped, memory, 0)], [...planeRows(upright, memory, 0)]);
  });

  it("shows the rows of the part, whatever the format, size and rules", () => {
    const cut = fc.record({
      left: fc.nat(8),
      top: fc.nat(8),
      width: fc.integer({ min: 1, max: 70 }),
      height: fc.nat(9),
    });
    fc.assert(
      fc.property(arbitraryLayout, cut, (layout, wish) => {
        const left = Math.min(wish.left, Math.floor((layout.width - 1) / GROUP)) * GROUP;
        const top = Math.min(wish.top, Math.floor((layout.height - 1) / GROUP)) * GROUP;
        const width = Math.min(wish.width, layout.width - left);
        const height = Math.min(wish.height + 1, layout.height - top);
        const part = cropLayout(layout, { left, top, width, height });
        const memory = Uint8Array.from({ length: layout.size }, (_, i) => i * 7 + (i >> 8));
        const record = findFormat("test", layout.format);
        for (const { plane, rowBytes, rows } of part.planes) {
          const whole = [...planeRows(layout, memory, plane)];
          const palette = record.palette && plane === 1;
          const firstRow = palette ? 0 : top >> record.shiftH[plane]!;
          const steps = palette ? 0 : record.step[plane]! * (left >> record.shiftW[plane]!);
          const firstByte = record.bitstream ? steps / 8 : steps;
          assertEquals(
            [...planeRows(part, memory, plane)],
            whole.slice(firstRow, firstRow + rows).map((row) =>
              row.subarray(firstByte, firstByte + rowBytes)
            ),
          );
        }
        assertEquals(part.planes.every((plane) => plane.offset + plane.extent <= part.size), true);
      }),
      { numRuns: 500 },
    );
  });

  it("is exact for a part of a part", () => {
    const layout = imageLayout("yuv422p10le", 65, 33, gstreamer());
    const once = cropLayout(layout, at(6, 5, 11, 7));
    const twice = cropLayout(cropLayout(layout, at(2, 3, 30, 20)), at(4, 2, 11, 7));
    assertEquals(twice, once);
  });
});
