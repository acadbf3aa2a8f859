import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import {
  allocImage,
  bufferSize,
  copyImage,
  copyToBuffer,
  fillArrays,
  pixelFormat,
  pixelFormats,
} from "@mediamem/core-ts/image";
import fc from "fast-check";

const IN_MEMORY = pixelFormats().filter((name) => pixelFormat(name).nbComponents > 0);

function refused(call: () => unknown): string {
  const { code, op } = assertThrows(call, MediaError);
  return `${code} ${op}`;
}

describe("copyToBuffer()", () => {
  it("writes rows of aligned length and leaves the padding alone", () => {
    const memory = Uint8Array.from({ length: 40 }, (_, i) => i);
    const src = [
      { memory, offset: 0, linesize: 5 },
      { memory, offset: 20, linesize: 3 },
      { memory, offset: 34, linesize: -3 },
    ];
    const dst = new Uint8Array(30).fill(99);
    assertEquals(copyToBuffer(dst, src, "yuv420p", 3, 3, 4), 28);
    assertEquals([...dst.subarray(0, 12)], [0, 1, 2, 99, 5, 6, 7, 99, 10, 11, 12, 99]);
    assertEquals([...dst.subarray(12)], [
      20,
      21,
      99,
      99,
      23,
      24,
      99,
      99,
      34,
      35,
      99,
      99,
      31,
      32,
      99,
      99,
      99,
      99,
    ]);
  });

  it("can be read back as the picture", () => {
    const side = fc.integer({ min: 1, max: 35 });
    const align = fc.constantFrom(1, 2, 4, 16, 32);
    fc.assert(
      fc.property(fc.constantFrom(...IN_MEMORY), side, side, align, (format, width, height, align) => {
        using src = allocImage(format, width, height, 16);
        using back = allocImage(format, width, height, 16);
        const picture = new Uint8Array(src.memory.length);
        for (let i = 0; i < picture.length; i++) picture[i] = i * 7;
        // A picture without padding bytes of its own, so that the memories can be compared whole.
        copyImage(src.planes, planesIn(picture), format, width, height);
        const size = bufferSize(format, width, height, align);
        const buffer = new Uint8Array(size);
        assertEquals(copyToBuffer(buffer, src.planes, format, width, height, align), size);
        copyImage(back.planes, planesIn(buffer, align), format, width, height);
        assertEquals(back.memory, src.memory);

        function planesIn(memory: Uint8Array, align = 1): Planes {
          const { data, linesizes } = fillArrays(format, width, height, align, 64);
          return data.filter((address) => address !== 0).map((address, plane) => ({
            memory,
            offset: address - 64,
            linesize: linesizes[plane]!,
          }));
        }
      }),
    );
  });

  it("puts the palette behind the rows", () => {
    using src = allocImage("pal8", 3, 3, 4);
    src.memory.fill(5).fill(8, 12);
    const dst = new Uint8Array(9 + 1024);
    assertEquals(copyToBuffer(dst, src.planes, "pal8", 3, 3, 1), 1033);
    assertEquals([dst[8], dst[9], dst[1032]], [5, 8, 8]);
  });

  it("follows the bit trick of align and still stays in its buffer", () => {
    const src = [{ memory: Uint8Array.of(1, 2, 3, 4), offset: 0, linesize: 2 }];
    const dst = new Uint8Array(2);
    assertEquals(copyToBuffer(dst, src, "gray", 2, 2, 0), 0);
    assertEquals([...dst], [3, 4]);
    assertEquals(
      refused(() => copyToBuffer(new Uint8Array(1), src, "gray", 2, 2, 0)),
      "EINVAL av_image_copy_to_buffer",
    );
  });

  it("refuses before it writes", () => {
    const memory = new Uint8Array(9).fill(1);
    const src = [{ memory, offset: 0, linesize: 3 }];
    const dst = new Uint8Array(9);
    const calls = [
      () => copyToBuffer(dst.subarray(1), src, "gray", 3, 3, 1),
      () => copyToBuffer(new Uint8Array(11), src, "gray", 3, 3, 2),
      () => copyToBuffer(dst, [{ memory, offset: 1, linesize: 3 }], "gray", 3, 3, 1),
      () => copyToBuffer(dst, src, "gray", 0, 3, 1),
      () => copyToBuffer(dst, src, "gray", 3, -3, 1),
      () => copyToBuffer(new Uint8Array(2000), src, "pal8", 3, 3, 1),
      () => copyToBuffer(dst, [], "cuda", 3, 3, 1),
    ];
    for (const call of calls) assertEquals(refused(call), "EINVAL av_image_copy_to_buffer");
    assertEquals(
      refused(() => copyToBuffer(memory, src, "gray", 3, 3, 1)),
      "OVERLAP av_image_copy_to_buffer",
    );
    assertEquals([...dst], [0, 0, 0, 0, 0, 0, 0, 0, 0]);
    assertThrows(() => copyToBuffer([] as never, src, "gray", 3, 3, 1), TypeError, "dst is Array");
    assertThrows(() => copyToBuffer(dst, src, "gray", 3, 3, NaN), TypeError, "align is NaN");
    assertThrows(() => copyToBuffer(dst, src, "nv12", 3, 2, 1), TypeError, "src[1] is undefined");
  });
});
