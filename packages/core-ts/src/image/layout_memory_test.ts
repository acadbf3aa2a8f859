import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import type { ImageLayout } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { flipLayout } from "./layout_flip.ts";
import { planeRows, planesOf } from "./layout_memory.ts";
import { ffmpeg, gstreamer, webcodecs } from "./rules.ts";

describe("planesOf()", () => {
  it("gives views of the memory, not copies", () => {
    const memory = new Uint8Array(80);
    const planes = planesOf(imageLayout("yuv420p", 5, 3, ffmpeg(8)), memory, 24);
    assertEquals(planes.map((plane) => [plane.offset, plane.linesize]), [[24, 8], [48, 8], [64, 8]]);
    for (const plane of planes) assertStrictEquals(plane.memory, memory);
  });

  it("takes memory that ends with the last row, without its padding", () => {
    const layout = imageLayout("nv12", 5, 3, ffmpeg(8));
    const end = 24 + 8 + 6;
    planesOf(layout, new Uint8Array(end));
    planesOf(layout, new Uint8Array(end + 1), 1);
    for (const [length, byteOffset] of [[end - 1, 0], [end, 1], [0, 0]] as const) {
      const error = assertThrows(
        () => planesOf(layout, new Uint8Array(length), byteOffset),
        MediaError,
        "plane",
      );
      assertEquals(error.code, "EINVAL");
    }
  });

  it("checks layouts that are stored bottom up", () => {
    const layout = flipLayout(imageLayout("gray", 4, 3, ffmpeg()));
    planesOf(layout, new Uint8Array(12));
    assertThrows(() => planesOf(layout, new Uint8Array(11)), MediaError, "plane 0 in memory");
    const below = { ...layout, planes: [{ ...layout.planes[0]!, offset: 7 }] };
    assertThrows(() => planesOf(below, new Uint8Array(12)), MediaError, "plane 0 in memory");
  });

  it("refuses arguments of a wrong type, and a detached memory", () => {
    const layout = imageLayout("gray", 4, 3, ffmpeg());
    assertThrows(
      () => planesOf(layout, new ArrayBuffer(12) as unknown as Uint8Array),
      TypeError,
      "memory is ArrayBuffer",
    );
    assertThrows(() => planesOf(layout, new Uint8Array(12), 0.5), TypeError, "byteOffset is 0.5");
    assertThrows(() => planesOf(layout, new Uint8Array(12), -1), MediaError, "byteOffset is -1");
    assertThrows(
      () => planesOf(null as unknown as ImageLayout, new Uint8Array(12)),
      TypeError,
      "layout is null",
    );
    const memory = new Uint8Array(12);
    structuredClone(memory.buffer, { transfer: [memory.buffer] });
    assertThrows(() => planesOf(layout, memory), MediaError, "plane 0 in memory");
  });
});

describe("planeRows()", () => {
  const memory = Uint8Array.from({ length: 2048 }, (_, i) => i);

  it("gives the bytes of the picture and leaves the padding out", () => {
    const layout = imageLayout("nv12", 5, 3, ffmpeg(8));
    const rows = (plane: number): readonly number[][] =>
      [...planeRows(layout, memory, plane)].map((row) => [...row]);
    assertEquals(rows(0), [[0, 1, 2, 3, 4], [8, 9, 10, 11, 12], [16, 17, 18, 19, 20]]);
    assertEquals(rows(1), [[24, 25, 26, 27, 28, 29], [32, 33, 34, 35, 36, 37]]);
  });

  it("starts with the top row of a picture that is stored bottom up", () => {
    const layout = flipLayout(imageLayout("gray", 3, 3, ffmpeg(4)));
    assertEquals([...planeRows(layout, memory, 0)].map((row) => row[0]), [8, 4, 0]);
  });

  it("gives a palette as its library sees it", () => {
    assertEquals([...planeRows(imageLayout("pal8", 3, 3, ffmpeg()), memory, 1)].map((row) => row.length), [
      1024,
    ]);
    assertEquals([...planeRows(imageLayout("pal8", 3, 3, gstreamer()), memory, 1)].length, 256);
  });

  it("gives empty rows where a layout has no bytes for a plane", () => {
    assertEquals([...planeRows(imageLayout("nv12", 1, 3, webcodecs), memory, 1)].map((row) => row.length), [
      0,
      0,
    ]);
  });

  it("gives views that write through", () => {
    const bytes = new Uint8Array(12);
    for (const row of planeRows(imageLayout("gray", 3, 3, ffmpeg(4)), bytes, 0)) row.fill(1);
    assertEquals([...bytes], [1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0]);
  });

  it("gives rows of a subclass whose constructor takes other arguments", () => {
    class Frame extends Uint8Array {
      constructor(width: number, height: number) {
        super(width * height);
      }
    }
    const bytes = new Frame(3, 2).fill(5);
    const rows = [...planeRows(imageLayout("gray", 3, 2, ffmpeg(1)), bytes, 0)];
    assertEquals(rows.map((row) => [...row]), [[5, 5, 5], [5, 5, 5]]);
  });

  it("refuses at once, not at the first row", () => {
    const layout = imageLayout("nv12", 5, 3, ffmpeg(8));
    for (const plane of [-1, 2]) {
      assertThrows(() => planeRows(layout, memory, plane), MediaError, `plane is ${plane}, wanted 0 to 1`);
    }
    assertThrows(() => planeRows(layout, memory, 0.5), TypeError, "plane is 0.5");
    assertThrows(() => planeRows(layout, memory.subarray(0, 30), 0), MediaError, "plane 1 in memory");
  });
});
