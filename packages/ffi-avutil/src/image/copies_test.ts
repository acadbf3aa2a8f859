import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, type PixelFormatName, type Plane, type Planes } from "@mediamem/interface";
import { addressOf, stable } from "@mediamem/ffi";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { avutil, image, major, missing } = testedAvutil();
const it = itUnless(missing);
const minor = missing === null ? Number(avutil.library.version.split(".")[1]) : 0;
const itUncacheable = itUnless(
  missing ?? (major > 57 || (major === 57 && minor >= 4) ? null : "libavutil is older than 57.4"),
);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

/** Memory whose first byte is `shift` bytes from a multiple of 64, filled with `fill` or counting up. */
function bytes(length: number, shift: number, fill?: number): Uint8Array {
  const memory = stable(length + 128);
  const start = (64 - addressOf(memory) % 64) % 64 + shift;
  const part = memory.subarray(start, start + length);
  for (let i = 0; i < length; i++) part[i] = fill ?? (i * 7 + 1) & 255;
  return part;
}

/** What the copy of one plane must leave in `dst`. */
function copied(dst: Plane, src: Plane, bytewidth: number, height: number): Uint8Array {
  const result = dst.memory.slice();
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < bytewidth; i++) {
      result[dst.offset + row * dst.linesize + i] = src.memory[src.offset + row * src.linesize + i]!;
    }
  }
  return result;
}

/** A picture in one piece of memory with 3 bytes behind every row, top down or bottom up. */
function picture(
  format: PixelFormatName,
  width: number,
  height: number,
  flip: boolean,
  fill?: number,
): Planes {
  const widths = image.linesizes(format, width);
  const heights = image.planeSizes(format, height, [1, 1, 1, 1]);
  return widths.map((rowBytes, i): Plane => {
    if (format === "pal8" && i === 1) return { memory: bytes(1024, 0, fill), offset: 0, linesize: 0 };
    const linesize = rowBytes + 3;
    const rows = rowBytes === 0 ? 0 : heights[i]!;
    const memory = bytes(rows * linesize, 0, fill);
    return flip && rows > 0
      ? { memory, offset: linesize * (rows - 1), linesize: -linesize }
      : { memory, offset: 0, linesize };
  }).filter(({ memory }) => memory.length > 0);
}

describe("copyPlane() of libavutil", () => {
  it("copies rows and touches nothing else, in both directions", () => {
    for (const [dstLinesize, srcLinesize] of [[20, 17], [-20, 17], [17, -23], [-17, -17]] as const) {
      const dst = { memory: bytes(200, 1, 0), offset: dstLinesize < 0 ? 100 : 3, linesize: dstLinesize };
      const src = { memory: bytes(200, 0), offset: srcLinesize < 0 ? 120 : 5, linesize: srcLinesize };
      const wanted = copied(dst, src, 17, 5);
      image.copyPlane(dst, src, 17, 5);
      assertEquals(dst.memory, wanted, `${dstLinesize} ${srcLinesize}`);
    }
  });

  it("copies nothing where there is nothing", () => {
    const dst = { memory: bytes(8, 0, 0), offset: 0, linesize: 8 };
    const src = { memory: bytes(8, 0), offset: 0, linesize: 8 };
    for (const [bytewidth, height] of [[0, 1], [8, 0], [8, -1], [-1, 0]] as const) {
      image.copyPlane(dst, src, bytewidth, height);
    }
    const empty = { memory: new Uint8Array(0), offset: 99, linesize: 8 };
    image.copyPlane(empty, empty, 8, 0);
    assertEquals(dst.memory, new Uint8Array(8));
  });

  it("lets a row land on another row of the same memory", () => {
    const memory = bytes(40, 0);
    const [dst, src] = [{ memory, offset: 0, linesize: 10 }, { memory, offset: 10, linesize: 10 }];
    const wanted = copied(dst, src, 10, 3);
    image.copyPlane(dst, src, 10, 3);
    assertEquals(memory, wanted);
  });

  it("refuses what would abort or kill the process, and writes nothing", () => {
    const dst = { memory: bytes(100, 0, 0), offset: 0, linesize: 10 };
    const src = { memory: bytes(100, 0), offset: 0, linesize: 10 };
    assertEquals(codeOf(() => image.copyPlane({ ...dst, linesize: 9 }, src, 10, 1)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane(dst, { ...src, linesize: -9 }, 10, 0)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane(dst, src, -1, 1)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane(dst, src, 10, 11)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane({ ...dst, offset: -1 }, src, 10, 1)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane({ ...dst, linesize: -10 }, src, 10, 2)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane(dst, { ...src, offset: 91 }, 10, 1)), "EINVAL");
    assertEquals(codeOf(() => image.copyPlane({ ...src, offset: 5 }, src, 10, 1)), "OVERLAP");
    assertThrows(() => image.copyPlane(dst, { ...src, memory: [1] as never }, 1, 1), TypeError, "src.memory");
    assertThrows(() => image.copyPlane(null as never, src, 1, 1), TypeError, "dst");
    assertThrows(() => image.copyPlane(dst, src, 0.5, 1), TypeError, "bytewidth");
    assertEquals(dst.memory, new Uint8Array(100));
  });

  it("refuses memory that was taken away", () => {
    const dst = { memory: bytes(100, 0, 0), offset: 0, linesize: 10 };
    const memory = new Uint8Array(100);
    memory.buffer.transfer(0);
    assertEquals(
      codeOf(() => image.copyPlane(dst, { memory, offset: 0, linesize: 10 }, 10, 1)),
      "USE_AFTER_FREE",
    );
  });
});

describe("copyPlaneUcFrom() of libavutil", () => {
  // C itself writes behind rows that do not end with a line of 64 bytes, and faults on what is not a multiple of 16.
  itUncacheable("copies rows and nothing else, wherever they lie", () => {
    for (const bytewidth of [0, 1, 16, 63, 64, 65, 128]) {
      for (const linesize of [64, 80, 128, 129, 192]) {
        if (linesize < bytewidth) continue;
        for (const shift of [0, 1, 16]) {
          for (const height of [0, 1, 3]) {
            const extent = linesize * 2 + bytewidth;
            const dst = { memory: bytes(extent, shift, 0), offset: 0, linesize };
            const src = { memory: bytes(extent, 0), offset: 0, linesize };
            const wanted = copied(dst, src, bytewidth, height);
            image.copyPlaneUcFrom(dst, src, bytewidth, height);
            assertEquals(dst.memory, wanted, `${bytewidth} ${linesize} ${shift} ${height}`);
          }
        }
      }
    }
  });

  itUncacheable("refuses what copyPlane() refuses", () => {
    const plane = { memory: bytes(100, 0), offset: 0, linesize: 10 };
    assertEquals(codeOf(() => image.copyPlaneUcFrom(plane, { ...plane, linesize: 9 }, 10, 1)), "EINVAL");
  });
});

const FORMATS = [
  "yuv420p",
  "nv12",
  "rgb24",
  "yuyv422",
  "monow",
  "pal8",
  "yuva420p",
  "uyyvyy411",
  "p010le",
] as const;

describe("copyImage() of libavutil", () => {
  for (const name of ["copyImage", "copyImageUcFrom"] as const) {
    it(`copies every kind of format, odd and even, by ${name}()`, () => {
      for (const format of FORMATS) {
        for (const [width, height] of [[17, 13], [64, 2], [1, 1]] as const) {
          for (const flip of [false, true]) {
            const src = picture(format, width, height, flip);
            const dst = picture(format, width, height, !flip, 0);
            const packed = new Uint8Array(image.bufferSize(format, width, height, 1));
            const again = packed.slice();
            image[name](dst, src, format, width, height);
            image.copyToBuffer(packed, src, format, width, height, 1);
            image.copyToBuffer(again, dst, format, width, height, 1);
            assertEquals(again, packed, `${format} ${width}x${height} ${flip}`);
          }
        }
      }
    });
  }

  it("does nothing for formats on a device", () => {
    image.copyImage([], [], "cuda", 17, 13);
  });

  it("refuses what would abort or kill the process, and writes nothing", () => {
    const src = picture("yuv420p", 17, 13, false);
    const dst = picture("yuv420p", 17, 13, false, 0);
    const small = dst.map((plane, i) => i === 2 ? { ...plane, memory: plane.memory.subarray(4) } : plane);
    assertEquals(codeOf(() => image.copyImage(dst, src, "yuv420p", 21, 13)), "EINVAL");
    assertEquals(codeOf(() => image.copyImage(dst, src, "yuv420p", 17, 15)), "EINVAL");
    assertEquals(codeOf(() => image.copyImage(small, src, "yuv420p", 17, 13)), "EINVAL");
    assertEquals(codeOf(() => image.copyImage(dst, src, "yuv420p", -1, 13)), "EINVAL");
    assertThrows(() => image.copyImage(dst, src.slice(0, 2), "yuv420p", 17, 13), TypeError, "src[2]");
    assertEquals(dst.every(({ memory }) => memory.every((byte) => byte === 0)), true);
  });

  it("refuses a picture without its palette, which C reads all the same", () => {
    const src = picture("pal8", 17, 13, false);
    const dst = picture("pal8", 17, 13, false, 0);
    const short = [src[0]!, { ...src[1]!, memory: src[1]!.memory.subarray(1) }];
    assertEquals(codeOf(() => image.copyImage(dst, src.slice(0, 1), "pal8", 17, 13)), "EINVAL");
    assertEquals(codeOf(() => image.copyImage(dst, short, "pal8", 17, 13)), "EINVAL");
    assertEquals(codeOf(() => image.copyImage(dst, short, "pal8", 17, 0)), "EINVAL");
    assertEquals(dst[0]!.memory.every((byte) => byte === 0), true);
  });
});

describe("copyToBuffer() of libavutil", () => {
  it("leaves the bytes between rows as they were", () => {
    const dst = new Uint8Array(8).fill(7);
    const src = [{ memory: new Uint8Array([1, 2, 3, 4, 5, 6]), offset: 0, linesize: 3 }];
    assertEquals(image.copyToBuffer(dst, src, "gray", 3, 2, 4), 8);
    assertEquals([...dst], [1, 2, 3, 7, 4, 5, 6, 7]);
  });

  it("packs odd planes one behind the other", () => {
    const src = picture("yuv420p", 3, 3, false);
    const dst = new Uint8Array(9 + 4 + 4 + 1);
    assertEquals(image.copyToBuffer(dst, src, "yuv420p", 3, 3, 1), 17);
    const [first, second] = src as [Plane, Plane];
    assertEquals([dst[3], dst[9], dst[11], dst[17]], [
      first.memory[6],
      second.memory[0],
      second.memory[5],
      0,
    ]);
  });

  it("refuses a buffer that is too small, also for alignments that C does not check", () => {
    const src = picture("gray", 17, 2, false);
    assertEquals(codeOf(() => image.copyToBuffer(new Uint8Array(33), src, "gray", 17, 2, 1)), "EINVAL");
    // With align 0 the size is 0, and C writes the rows all the same.
    assertEquals(codeOf(() => image.copyToBuffer(new Uint8Array(16), src, "gray", 17, 2, 0)), "EINVAL");
    assertEquals(codeOf(() => image.copyToBuffer(new Uint8Array(99), [], "cuda", 17, 2, 1)), "EINVAL");
    assertThrows(() => image.copyToBuffer([] as never, src, "gray", 17, 2, 1), TypeError, "dst");
    assertThrows(() => image.copyToBuffer(new Uint16Array(99) as never, src, "gray", 17, 2, 1), TypeError);
  });

  it("refuses a source that is too small or lies in the buffer", () => {
    const memory = new Uint8Array(64);
    const src = [{ memory, offset: 0, linesize: 17 }];
    assertEquals(codeOf(() => image.copyToBuffer(new Uint8Array(99), src, "gray", 17, 4, 1)), "EINVAL");
    assertEquals(codeOf(() => image.copyToBuffer(memory.subarray(1), src, "gray", 17, 2, 1)), "OVERLAP");
  });
});
