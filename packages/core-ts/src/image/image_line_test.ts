import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName, Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import {
  allocImage,
  pixelFormat,
  pixelFormats,
  readImageLine,
  writeImageLine,
} from "@mediamem/core-ts/image";
import fc from "fast-check";

const IN_MEMORY = pixelFormats().filter((name) => pixelFormat(name).nbComponents > 0);

function planeOf(...bytes: number[]): Planes {
  return [{ memory: Uint8Array.from(bytes), offset: 0, linesize: bytes.length }];
}

function read(
  bytes: number[],
  format: PixelFormatName,
  x: number,
  component: number,
  width: number,
): number[] {
  const dst = new Uint32Array(width);
  readImageLine(dst, planeOf(...bytes), format, x, 0, component, width);
  return [...dst];
}

function written(
  values: number[],
  format: PixelFormatName,
  x: number,
  component: number,
  bytes: number[],
): number[] {
  const dst = planeOf(...bytes);
  writeImageLine(Uint32Array.from(values), dst, format, x, 0, component, values.length);
  return [...dst[0]!.memory];
}

/** Every kind of word, with the bytes of two or three pixels, and the samples of one component from pixel 0 and from pixel 1. */
const WORDS: readonly (readonly [PixelFormatName, number[], number, number[], number[]])[] = [
  ["rgb24", [1, 2, 3, 4, 5, 6], 1, [2, 5], [5]],
  ["yuyv422", [1, 2, 3, 4, 5, 6, 7, 8], 2, [4, 8], [8]],
  ["gray10le", [0x34, 0x01, 0xff, 0x03], 0, [0x134, 0x3ff], [0x3ff]],
  ["gray10be", [0x01, 0x34, 0x03, 0xff], 0, [0x134, 0x3ff], [0x3ff]],
  ["p010le", [0x40, 0x12, 0xc0, 0xff], 0, [0x49, 0x3ff], [0x3ff]],
  ["rgb565le", [0xe0, 0x07, 0x1f, 0xf8], 0, [0, 31], [31]],
  ["rgb565be", [0x07, 0xe0, 0xf8, 0x1f], 0, [0, 31], [31]],
  ["rgb565be", [0x07, 0xe0, 0xf8, 0x1f], 1, [63, 0], [0]],
  ["grayf32le", [0, 0, 0x80, 0x3f, 1, 2, 3, 0xf4], 0, [0x3f800000, 0xf4030201], [0xf4030201]],
  ["grayf32be", [0x3f, 0x80, 0, 0, 0xf4, 3, 2, 1], 0, [0x3f800000, 0xf4030201], [0xf4030201]],
  ["x2rgb10le", [0xff, 0x03, 0, 0, 0, 0, 0xf0, 0x3f], 2, [0x3ff, 0], [0]],
  ["monow", [0b10100000], 0, [1, 0, 1], [0, 1]],
  ["rgb4", [0x1c, 0x60], 1, [0, 2, 3], [2, 3]],
];

describe("readImageLine()", () => {
  for (const [format, bytes, component, fromFirst, fromSecond] of WORDS) {
    it(`reads component ${component} of ${format}`, () => {
      assertEquals(read(bytes, format, 0, component, fromFirst.length), fromFirst);
      assertEquals(read(bytes, format, 1, component, fromSecond.length), fromSecond);
    });
  }

  it("reads xv30be from the start of the row, whatever x is", () => {
    const bytes = [0x3f, 0xf0, 0x04, 0x02, 0, 0, 0, 1];
    assertEquals(read(bytes, "xv30be", 0, 0, 2), [1, 0]);
    assertEquals(read(bytes, "xv30be", 1, 1, 2), [2, 1]);
    assertEquals(read(bytes, "xv30be", 1, 2, 2), [0x3ff, 0]);
  });

  it("cuts samples to the element size that it is asked for", () => {
    const dst = new Uint16Array(2);
    readImageLine(dst, planeOf(1, 2, 3, 4, 5, 6, 7, 8), "grayf32le", 0, 0, 0, 2);
    assertEquals([...dst], [0x0201, 0x0605]);
  });

  it("finds the row by its linesize, in both directions", () => {
    const memory = Uint8Array.of(1, 2, 3, 4, 5, 6);
    const dst = new Uint16Array(2);
    readImageLine(dst, [{ memory, offset: 0, linesize: 3 }], "gray", 1, 1, 0, 2);
    assertEquals([...dst], [5, 6]);
    readImageLine(dst, [{ memory, offset: 3, linesize: -3 }], "gray", 0, 1, 0, 2);
    assertEquals([...dst], [1, 2]);
  });

  it("looks indices up in the palette when asked to", () => {
    const palette = { memory: Uint8Array.from({ length: 1030 }, (_, i) => i >> 2), offset: 6, linesize: 0 };
    const src = [{ memory: Uint8Array.of(0, 9, 255), offset: 0, linesize: 3 }, palette];
    const dst = new Uint16Array(3);
    readImageLine(dst, src, "pal8", 0, 0, 0, 3, true);
    assertEquals([...dst], [1, 10, 256 & 255]);
    readImageLine(dst, src, "pal8", 0, 0, 0, 3);
    assertEquals([...dst], [0, 9, 255]);
  });

  it("does nothing for a component that the format does not have", () => {
    const dst = Uint16Array.of(7, 7);
    readImageLine(dst, planeOf(1, 2), "gray", 0, 0, 1, 2);
    readImageLine(dst, [], "cuda", 0, 0, 0, 2);
    assertEquals([...dst], [7, 7]);
  });

  it("refuses bytes outside the memory, and changes nothing then", () => {
    const dst = Uint16Array.of(7, 7, 7);
    const plane = planeOf(1, 2);
    const calls = [
      () => readImageLine(dst, plane, "gray", 0, 0, 0, 3),
      () => readImageLine(dst, plane, "gray", -1, 0, 0, 2),
      () => readImageLine(dst, plane, "gray", 0, 1, 0, 1),
      () => readImageLine(dst, plane, "gray", 0, 0, 4, 1),
      () => readImageLine(dst, plane, "gray", 0, 0, 0, 4),
      () => readImageLine(dst, plane, "pal8", 0, 0, 0, 2, true),
      () => readImageLine(dst, plane, "gray", 0, 0, 0, 2, true),
    ];
    for (const call of calls) {
      const error = assertThrows(call, MediaError);
      assertEquals([error.code, error.op, [...dst]], ["EINVAL", "av_read_image_line2", [7, 7, 7]]);
    }
    assertThrows(
      () => readImageLine(new Float32Array(2) as never, plane, "gray", 0, 0, 0, 2),
      TypeError,
      "dst is",
    );
  });
});

describe("readImageLine() with the palette", () => {
  it("takes true or false and nothing that is like it", () => {
    const src = [{ memory: new Uint8Array(1024), offset: 0, linesize: 1 }];
    for (const word of [1, null, "x", {}]) {
      assertThrows(
        () => readImageLine(new Uint16Array(1), src, "gray", 0, 0, 0, 1, word as never),
        TypeError,
        "readPalComponent is",
      );
    }
  });
});

describe("writeImageLine()", () => {
  for (const [format, bytes, component, fromFirst, fromSecond] of WORDS) {
    it(`writes component ${component} of ${format} where it is read from`, () => {
      const zero = bytes.map(() => 0);
      assertEquals(
        read(written(fromFirst, format, 0, component, zero), format, 0, component, fromFirst.length),
        fromFirst,
      );
      const shifted = written(fromSecond, format, 1, component, zero);
      assertEquals(read(shifted, format, 1, component, fromSecond.length), fromSecond);
    });
  }

  it("ORs into what is there", () => {
    assertEquals(written([0x0f], "gray", 0, 0, [0x70]), [0x7f]);
    assertEquals(written([0x181], "gray16be", 0, 0, [0x80, 0x80]), [0x81, 0x81]);
    assertEquals(written([1, 0, 1], "monow", 1, 0, [0b10000001]), [0b11010001]);
  });

  it("replaces the old bits of xv30be, and writes from the start of the row", () => {
    assertEquals(written([1], "xv30be", 5, 1, [0xff, 0xff, 0xff, 0xff]), [0xff, 0xff, 0xfc, 0x01]);
    assertEquals(written([2], "xv30be", 0, 2, [0xc0, 0, 0, 1]), [0xc0, 0x20, 0, 1]);
  });

  it("does not cut bits above the depth off, as C does not", () => {
    assertEquals(written([64], "rgb565le", 0, 1, [0, 0]), [0, 8]);
    assertEquals(written([256], "gray", 0, 0, [0]), [0]);
  });

  it("is undone by reading, in every format, odd sizes too, after zeroing", () => {
    const size = fc.integer({ min: 1, max: 19 });
    fc.assert(
      fc.property(fc.constantFrom(...IN_MEMORY), size, size, fc.nat(), (format, width, height, seed) => {
        using image = allocImage(format, width, height, 4);
        const { comp, nbComponents, log2ChromaW, log2ChromaH } = pixelFormat(format);
        for (let c = 0; c < nbComponents; c++) {
          // Its descriptor counts one luma sample of four, and so leads out of the row.
          if (format === "uyyvyy411" && c === 0) continue;
          const { depth, plane } = comp[c]!;
          const samples = c === 1 || c === 2 ? -(-width >> log2ChromaW) : width;
          const rows = plane === 1 || plane === 2 ? -(-height >> log2ChromaH) : height;
          const line = Uint32Array.from({ length: samples }, (_, i) => (seed * (i + 7) * 31) % 2 ** depth);
          image.memory.fill(0);
          writeImageLine(line, image.planes, format, 0, rows - 1, c, samples);
          const back = new Uint32Array(samples);
          readImageLine(back, image.planes, format, 0, rows - 1, c, samples);
          assertEquals(back, line, `${format} ${c}`);
        }
      }),
    );
  });

  it("refuses before it writes", () => {
    const dst = planeOf(0, 0);
    const line = Uint16Array.of(1, 1, 1);
    const calls = [
      () => writeImageLine(line, dst, "gray", 0, 0, 0, 3),
      () => writeImageLine(line, dst, "gray", 0, -1, 0, 1),
      () => writeImageLine(line, dst, "gray16le", 0, 0, 0, 2),
      () => writeImageLine(line, dst, "gray", 0, 0, 0, 4),
      () => writeImageLine(line, dst, "gray", 0, 0, -1, 1),
    ];
    for (const call of calls) {
      const error = assertThrows(call, MediaError);
      assertEquals([error.code, error.op, [...dst[0]!.memory]], ["EINVAL", "av_write_image_line2", [0, 0]]);
    }
    assertThrows(() => writeImageLine(line, dst, "gray", 0.5, 0, 0, 1), TypeError, "x is 0.5");
    assertThrows(() => writeImageLine([1] as never, dst, "gray", 0, 0, 0, 1), TypeError, "src is Array");
    assertThrows(() => writeImageLine(line, dst, "nv12", 0, 0, 1, 1), TypeError, "dst[1] is undefined");
  });
});
