import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { ImageLayout } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { bufferSize } from "./buffer_size.ts";
import { convertLayout, copyTight } from "./convert_layout.ts";
import { cropLayout } from "./crop_layout.ts";
import { imageLayout } from "./layout.ts";
import { customLayout } from "./layout_custom.ts";
import { flipLayout } from "./layout_flip.ts";
import { planeRows } from "./layout_memory.ts";
import { highestEnd } from "./layout_value.ts";
import { ffmpeg, ffmpegFrame, gstreamer, webcodecs, webgpu } from "./rules.ts";
import { arbitraryLayout } from "./testdata/arbitrary_layouts_test.ts";

/** Bytes that differ from their neighbours in the row and in the column. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8) * 13 + 1) & 255);
}

/** What the picture shows, plane by plane; a palette as one row. */
function pixels(layout: ImageLayout, memory: Uint8Array): readonly (readonly number[][])[] {
  return layout.planes.map(({ plane }) => {
    const rows = [...planeRows(layout, memory, plane)].map((row) => [...row]);
    return layout.format === "pal8" && plane === 1 ? [rows.flat()] : rows;
  });
}

describe("convertLayout()", () => {
  it("copies between all rule sets, odd sizes and palettes included", () => {
    for (const [format, width, height] of [["yuv420p", 99, 51], ["nv12", 98, 51], ["pal8", 7, 5]] as const) {
      const rules = [ffmpeg(1), ffmpeg(64), ffmpegFrame(0, 57), ffmpegFrame(), gstreamer()];
      const layouts = rules.map((rule) => imageLayout(format, width, height, rule));
      if (width % 2 === 0) layouts.push(imageLayout(format, width, height, webcodecs));
      if (format !== "pal8") layouts.push(imageLayout(format, width, height, webgpu()));
      for (const from of layouts) {
        const memory = noise(from.size);
        for (const to of layouts) {
          const target = new Uint8Array(to.size);
          convertLayout(from, memory, to, target);
          assertEquals(pixels(to, target), pixels(from, memory));
        }
      }
    }
  });

  it("leaves the padding of the target alone", () => {
    const to = imageLayout("rgb24", 3, 2, ffmpeg(16));
    const target = new Uint8Array(to.size).fill(255);
    convertLayout(imageLayout("rgb24", 3, 2, ffmpeg(1)), new Uint8Array(18), to, target);
    assertEquals([...target], [
      ...Array(9).fill(0),
      ...Array(7).fill(255),
      ...Array(9).fill(0),
      ...Array(7).fill(255),
    ]);
  });

  it("there and back is the same picture, whatever the format, size and rules", () => {
    fc.assert(
      fc.property(arbitraryLayout, arbitraryLayout, fc.boolean(), (from, wish, flip) => {
        fc.pre(from.rules.name !== "webcodecs" || from.width % 2 === 0);
        // Not every rule set has the format, so the other end is a custom one with the wish's slack.
        let offset = wish.size % 7;
        const places = from.planes.map((plane) => {
          const linesize = from.format === "pal8" && plane.plane === 1
            ? plane.linesize
            : plane.rowBytes + wish.width;
          const place = { offset, linesize };
          offset += Math.max(linesize * plane.rows, plane.extent) + wish.height;
          return place;
        });
        const custom = customLayout(from.format, from.width, from.height, places);
        const to = flip ? flipLayout(custom) : custom;
        const memory = noise(from.size);
        const target = new Uint8Array(to.size);
        const back = new Uint8Array(from.size);
        convertLayout(from, memory, to, target);
        assertEquals(pixels(to, target), pixels(from, memory));
        convertLayout(to, target, from, back);
        assertEquals(pixels(from, back), pixels(from, memory));
      }),
      { numRuns: 300 },
    );
  });

  it("turns a picture where the target is upside down", () => {
    const layout = imageLayout("gray", 2, 3, ffmpeg(1));
    const target = new Uint8Array(6);
    convertLayout(layout, Uint8Array.of(1, 2, 3, 4, 5, 6), flipLayout(layout), target);
    assertEquals([...target], [5, 6, 3, 4, 1, 2]);
  });

  it("copies a part into a picture of its own", () => {
    const layout = imageLayout("yuv420p", 9, 7, ffmpeg(8));
    const memory = noise(layout.size);
    const part = cropLayout(layout, { left: 2, top: 4, width: 5, height: 3 });
    const own = imageLayout("yuv420p", 5, 3, gstreamer());
    const target = new Uint8Array(own.size);
    convertLayout(part, memory, own, target);
    assertEquals(pixels(own, target), pixels(part, memory));
  });

  it("refuses an odd width to or from webcodecs, and says why", () => {
    for (const format of ["yuv420p", "nv12", "yuv422p10le"] as const) {
      const full = imageLayout(format, 99, 51, ffmpeg(1));
      const short = imageLayout(format, 99, 51, webcodecs);
      for (const [from, to] of [[full, short], [short, full]] as const) {
        const convert = () => convertLayout(from, noise(from.size), to, new Uint8Array(to.size));
        assertEquals(assertThrows(convert, MediaError, "lacks the last chroma column").code, "EINVAL");
      }
      convertLayout(short, noise(short.size), short, new Uint8Array(short.size));
    }
    const full = imageLayout("yuv444p", 99, 51, ffmpeg(1));
    convertLayout(
      full,
      noise(full.size),
      imageLayout("yuv444p", 99, 51, webcodecs),
      new Uint8Array(full.size),
    );
  });

  it("refuses another format or size", () => {
    const layout = imageLayout("gray", 4, 4, ffmpeg());
    for (const other of [imageLayout("gray", 4, 2, ffmpeg()), imageLayout("rgb8", 4, 4, ffmpeg())]) {
      const convert = () => convertLayout(layout, new Uint8Array(16), other, new Uint8Array(16));
      assertEquals(assertThrows(convert, MediaError, "gray 4x4").code, "EINVAL");
    }
  });

  it("checks both memories before any byte moves", () => {
    const layout = imageLayout("yuv420p", 5, 3, ffmpeg());
    const target = new Uint8Array(layout.size);
    assertThrows(
      () => convertLayout(layout, noise(layout.size - 1), layout, target),
      MediaError,
      "in srcMemory",
    );
    assertEquals(target, new Uint8Array(layout.size));
    const short = target.subarray(0, layout.size - 1);
    assertThrows(() => convertLayout(layout, noise(layout.size), layout, short), MediaError, "in dstMemory");
    assertEquals(target, new Uint8Array(layout.size));
    assertThrows(
      () => convertLayout(layout, [] as unknown as Uint8Array, layout, target),
      TypeError,
      "srcMemory",
    );
    assertThrows(() => convertLayout(layout, noise(99), {} as ImageLayout, target), TypeError, "dstLayout");
  });

  it("has nothing to do where every byte is in place already", () => {
    const memory = noise(64);
    const before = memory.slice();
    const layout = imageLayout("nv12", 5, 3, ffmpeg(2));
    convertLayout(layout, memory, layout, memory);
    const custom = customLayout("nv12", 5, 3, layout.planes);
    convertLayout(layout, memory.subarray(8), custom, memory.subarray(8));
    assertEquals(memory, before);
  });

  it("refuses memory that overlaps, whichever way", () => {
    const memory = noise(64);
    const before = memory.slice();
    const layout = imageLayout("gray", 4, 4, ffmpeg());
    for (const [from, to] of [[0, 1], [1, 0], [0, 15], [15, 0], [4, 0]] as const) {
      const convert = () => convertLayout(layout, memory.subarray(from), layout, memory.subarray(to));
      assertEquals(assertThrows(convert, MediaError, "onto plane 0").code, "OVERLAP");
    }
    const wider = imageLayout("gray", 4, 4, ffmpeg(8));
    for (const other of [flipLayout(layout), wider]) {
      assertThrows(() => convertLayout(layout, memory, other, memory), MediaError, "onto plane 0");
    }
    assertEquals(memory, before);
  });

  it("copies within one memory where no byte is shared", () => {
    const memory = noise(32);
    const layout = imageLayout("gray", 8, 4, ffmpeg());
    const left = cropLayout(layout, { left: 0, top: 0, width: 4, height: 4 });
    const right = cropLayout(layout, { left: 4, top: 0, width: 4, height: 4 });
    convertLayout(left, memory, right, memory);
    assertEquals(pixels(right, memory), pixels(left, memory));
    const small = imageLayout("gray", 4, 4, ffmpeg());
    convertLayout(small, memory, small, memory.subarray(16));
    assertEquals(memory.slice(0, 16), memory.slice(16));
  });
});

describe("copyTight()", () => {
  it("gives the bytes of ffmpeg(1), whatever the format, size and rules", () => {
    fc.assert(
      fc.property(arbitraryLayout, (layout) => {
        fc.pre(layout.rules.name !== "webcodecs" || layout.width % 2 === 0);
        const tight = imageLayout(layout.format, layout.width, layout.height, ffmpeg(1));
        const memory = noise(highestEnd(layout.planes));
        const bytes = copyTight(layout, memory);
        assertEquals(bytes.length, bufferSize(layout.format, layout.width, layout.height, 1));
        assertEquals(pixels(tight, bytes), pixels(layout, memory));
      }),
      { numRuns: 300 },
    );
  });

  it("refuses what lacks samples, and what is no layout", () => {
    const layout = imageLayout("nv12", 5, 3, webcodecs);
    assertThrows(() => copyTight(layout, noise(99)), MediaError, "lacks the last chroma column");
    assertThrows(() => copyTight(null as unknown as ImageLayout, noise(99)), TypeError, "layout is null");
    assertThrows(() => copyTight(imageLayout("gray", 3, 3, ffmpeg(4)), noise(10)), MediaError, "in memory");
  });

  it("refuses a layout with more rows than its picture, and one that lies about where it ends", () => {
    const layout = imageLayout("gray", 4, 2, ffmpeg(1));
    const [plane] = layout.planes;
    const memory = new Uint8Array(16);
    for (
      const lie of [
        { linesize: 0, rows: 2 ** 53 - 1, extent: 4 },
        { linesize: 0, rows: -1, extent: 4 },
        { rowBytes: 5, extent: 9 },
        { rowBytes: -1, extent: 3 },
        { extent: 0 },
      ]
    ) {
      const other = { ...layout, planes: [{ ...plane!, ...lie }] };
      const error = assertThrows(() => convertLayout(other, memory, other, new Uint8Array(16)), MediaError);
      assertEquals(error.code, "EINVAL", JSON.stringify(lie));
    }
  });
});
