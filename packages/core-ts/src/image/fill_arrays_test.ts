import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PerPlane } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { fillArrays, fillPointers } from "@mediamem/core-ts/image";

function refused(call: () => unknown): string {
  const { code, op, averror } = assertThrows(call, MediaError);
  return `${code} ${op} ${averror}`;
}

describe("fillArrays()", () => {
  it("answers what FFmpeg's documentation says", () => {
    const { linesizes, size } = fillArrays("yuv420p", 300, 300, 16);
    assertEquals([linesizes, size], [[304, 160, 160, 0], 139200]);
  });

  it("puts one plane behind the other", () => {
    assertEquals(fillArrays("yuv420p", 16, 12, 8, 4096), {
      linesizes: [16, 8, 8, 0],
      data: [4096, 4288, 4336, 0],
      size: 288,
    });
    assertEquals(fillArrays("yuv420p", 17, 13, 8, 4096), {
      linesizes: [24, 16, 16, 0],
      data: [4096, 4408, 4520, 0],
      size: 536,
    });
    assertEquals(fillArrays("yuva420p", 17, 13, 1, 1).data, [1, 222, 285, 348]);
  });

  it("puts the palette right behind the pixels", () => {
    assertEquals(fillArrays("pal8", 17, 13, 1, 100), {
      linesizes: [17, 0, 0, 0],
      data: [100, 321, 0, 0],
      size: 1245,
    });
    assertEquals(fillArrays("pal8", 16, 12, 32, 100).data, [100, 484, 0, 0]);
  });

  it("has no addresses for NULL", () => {
    assertEquals(fillArrays("nv12", 17, 13, 1), { linesizes: [17, 18, 0, 0], data: [0, 0, 0, 0], size: 347 });
    assertEquals(fillArrays("nv12", 17, 13, 1, 0), fillArrays("nv12", 17, 13, 1));
  });

  it("refuses what bufferSize() refuses", () => {
    const calls = [
      () => fillArrays("cuda", 16, 16, 1),
      () => fillArrays("gray", 16256, 16256, 1),
      () => fillArrays("gray", 0, 1, 1),
      () => fillArrays("rgbaf32le", 16255, 16255, 1),
      () => fillArrays("yuv420p", 17, 13, 2147483647),
      () => fillArrays("gray", 16, 16, 1, -1),
      () => fillArrays("gray", 16, 16, 1, Number.MAX_SAFE_INTEGER),
    ];
    for (const call of calls) assertEquals(refused(call), "EINVAL av_image_fill_arrays -22");
    assertThrows(() => fillArrays("gray", 16, 16, 1, 0.5), TypeError, "address is 0.5");
    assertThrows(() => fillArrays("gray", NaN, 16, 1), TypeError, "width is NaN");
  });
});

describe("fillPointers()", () => {
  it("keeps to the linesizes given", () => {
    assertEquals(fillPointers("yuv420p", 12, 4096, [100, 50, 40, 0]), {
      data: [4096, 5296, 5596, 0],
      size: 1740,
    });
    assertEquals(fillPointers("yuv420p", 13, 4096, [100, 50, 40, 0]), {
      data: [4096, 5396, 5746, 0],
      size: 1930,
    });
  });

  it("stops at the first plane without bytes", () => {
    assertEquals(fillPointers("yuv420p", 13, 64, [8, 0, 8, 0]), { data: [64, 0, 0, 0], size: 160 });
    assertEquals(fillPointers("yuva420p", 13, 64, [8, 0, 8, 8]), { data: [64, 0, 0, 0], size: 264 });
    assertEquals(fillPointers("yuv420p", 0, 64, [8, 8, 8, 0]), { data: [64, 0, 0, 0], size: 0 });
    assertEquals(fillPointers("pal8", 0, 64, [8, 0, 0, 0]), { data: [64, 64, 0, 0], size: 1024 });
  });

  it("refuses a sum beyond an int, negative planes and a device format", () => {
    assertEquals(fillPointers("gray", 1, 0, [2147483647, 0, 0, 0]).size, 2147483647);
    const wrong: [number, PerPlane][] = [
      [2, [1073741824, 0, 0, 0]],
      [2, [1073741823, 1, 1, 0]],
      [2, [-8, 8, 8, 0]],
      [-1, [1, 0, 0, 0]],
      [1, [2147483648, 0, 0, 0]],
    ];
    for (const [height, linesizes] of wrong) {
      assertEquals(
        refused(() => fillPointers("yuv420p", height, 0, linesizes)),
        "EINVAL av_image_fill_pointers -22",
      );
    }
    assertEquals(
      refused(() => fillPointers("cuda", 1, 0, [0, 0, 0, 0])),
      "EINVAL av_image_fill_pointers -22",
    );
    assertThrows(
      () => fillPointers("gray", 1, 0, null as unknown as PerPlane),
      TypeError,
      "linesizes is null",
    );
    assertThrows(() => fillPointers("gray", 1, 0, [0.5, 0, 0, 0]), TypeError, "linesizes[0] is 0.5");
  });
});
