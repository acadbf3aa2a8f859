import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { ImageLayout, PixelFormatName, RuleSet } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { planesOverlap } from "./layout_overlap.ts";
import { ffmpeg, ffmpegFrame, gstreamer, webcodecs, webgpu } from "./rules.ts";
import { arbitraryLayout } from "./testdata/arbitrary_layouts_test.ts";

/** Linesizes, offsets, bytes per row, rows and size: a layout as a line of a table. */
function numbers(layout: ImageLayout): readonly unknown[] {
  return [
    layout.planes.map((plane) => plane.linesize),
    layout.planes.map((plane) => plane.offset),
    layout.planes.map((plane) => plane.rowBytes),
    layout.planes.map((plane) => plane.rows),
    layout.size,
  ];
}

describe("imageLayout()", () => {
  it("gives every right answer to 8-bit 4:2:0, 99x51", () => {
    const table: readonly (readonly [RuleSet, ...unknown[]])[] = [
      [ffmpeg(1), [99, 50, 50], [0, 5049, 6349], [99, 50, 50], [51, 26, 26], 7649],
      [ffmpeg(32), [128, 64, 64], [0, 6528, 8192], [99, 50, 50], [51, 26, 26], 9856],
      [ffmpeg(64), [128, 64, 64], [0, 6528, 8192], [99, 50, 50], [51, 26, 26], 9856],
      [ffmpegFrame(0, 57), [128, 64, 64], [0, 8224, 10304], [99, 50, 50], [51, 26, 26], 12416],
      [gstreamer(), [100, 52, 52], [0, 5200, 6552], [99, 50, 50], [51, 26, 26], 7904],
      [webcodecs, [99, 49, 49], [0, 5049, 6323], [99, 49, 49], [51, 26, 26], 7597],
      [webgpu(), [256, 256, 256], [0, 13056, 19712], [99, 50, 50], [51, 26, 26], 26368],
    ];
    for (const [rules, ...expected] of table) {
      assertEquals(numbers(imageLayout("yuv420p", 99, 51, rules)), expected, JSON.stringify(rules));
    }
  });

  it("gives one answer to 8-bit 4:2:0, 128x64, where nothing is odd", () => {
    for (const rules of [ffmpeg(1), ffmpeg(64), gstreamer(), webcodecs]) {
      assertEquals(
        numbers(imageLayout("yuv420p", 128, 64, rules)),
        [[128, 64, 64], [0, 8192, 10240], [128, 64, 64], [64, 32, 32], 12288],
      );
    }
  });

  it("names its rules and the canonical name of the format", () => {
    const rules = ffmpeg(16);
    const layout = imageLayout("gray8" as PixelFormatName, 3, 2, rules);
    assertEquals(layout, {
      format: "gray",
      width: 3,
      height: 2,
      rules,
      size: 32,
      planes: [{ plane: 0, offset: 0, linesize: 16, rowBytes: 3, rows: 2, extent: 19 }],
    });
  });

  it("lays out a palette as plane 1, in the words of each library", () => {
    assertEquals(imageLayout("pal8", 5, 3, ffmpeg(4)).planes[1], {
      plane: 1,
      offset: 24,
      linesize: 0,
      rowBytes: 1024,
      rows: 1,
      extent: 1024,
    });
    assertEquals(imageLayout("pal8", 5, 3, gstreamer()).planes[1], {
      plane: 1,
      offset: 24,
      linesize: 4,
      rowBytes: 4,
      rows: 256,
      extent: 1024,
    });
  });

  it("counts bits in whole bytes", () => {
    assertEquals(numbers(imageLayout("monow", 17, 2, ffmpeg(1))), [[3], [0], [3], [2], 6]);
    assertEquals(numbers(imageLayout("rgb4", 17, 2, ffmpeg(1))), [[9], [0], [9], [2], 18]);
    assertEquals(numbers(imageLayout("uyyvyy411", 17, 2, ffmpeg(1))), [[30], [0], [30], [2], 60]);
  });

  it("refuses sizes that are no picture", () => {
    for (const rules of [ffmpeg(), ffmpegFrame(), gstreamer(), webcodecs, webgpu()]) {
      for (const [width, height] of [[0, 1], [1, 0], [-1, 1], [1, -5], [2147483648, 1]] as const) {
        const error = assertThrows(() => imageLayout("nv12", width, height, rules), MediaError);
        assertEquals([error.code, error.averror], ["EINVAL", -22], error.message);
      }
      for (const width of [1.5, NaN, Infinity, "16", null, undefined, 16n]) {
        assertThrows(() => imageLayout("nv12", width as number, 1, rules), TypeError, "width is");
        assertThrows(() => imageLayout("nv12", 1, width as number, rules), TypeError, "height is");
      }
    }
  });

  it("refuses what is no format", () => {
    const error = assertThrows(
      () => imageLayout("yuv" as PixelFormatName, 1, 1, ffmpeg()),
      MediaError,
      '"yuv"',
    );
    assertEquals([error.code, error.op], ["EINVAL", "av_image_fill_arrays"]);
    assertThrows(
      () => imageLayout(7 as unknown as PixelFormatName, 1, 1, ffmpeg()),
      TypeError,
      "format is 7",
    );
  });

  it("refuses what is no rule set, and rules without numbers", () => {
    for (const rules of [undefined, null, "ffmpeg", { name: "libav" }, { name: "ffmpeg" }]) {
      assertThrows(() => imageLayout("nv12", 1, 1, rules as RuleSet), TypeError);
    }
    assertThrows(() => imageLayout("nv12", 1, 1, { name: "ffmpeg", align: 12 }), MediaError, "align is 12");
    assertThrows(() => imageLayout("nv12", 1, 1, { name: "custom" }), MediaError, "the rules are custom");
  });

  it("keeps planes apart and inside the picture, whatever the format, size and rules", () => {
    fc.assert(
      fc.property(arbitraryLayout, (layout) => {
        for (const [i, plane] of layout.planes.entries()) {
          assertEquals(plane.plane, i);
          assert(plane.rowBytes <= plane.linesize || plane.linesize === 0);
          assertEquals(plane.extent, plane.linesize * (plane.rows - 1) + plane.rowBytes);
          assert(plane.offset >= 0 && plane.offset + plane.extent <= layout.size);
          for (const other of layout.planes.slice(i + 1)) {
            assert(!planesOverlap(plane, other));
            assert(plane.offset + plane.extent <= other.offset || plane.rowBytes === 0);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});
