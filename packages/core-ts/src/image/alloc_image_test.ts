import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { allocImage, copyImage } from "@mediamem/core-ts/image";

function refused(call: () => unknown): string {
  const { code, op, averror } = assertThrows(call, MediaError);
  return `${code} ${op} ${averror}`;
}

function linesizes(...[format, width, height, align]: Parameters<typeof allocImage>): number[] {
  using image = allocImage(format, width, height, align);
  return image.planes.map((plane) => plane.linesize);
}

describe("allocImage()", () => {
  it("lays the planes out one behind the other, all inside its memory", () => {
    using image = allocImage("yuv420p", 17, 13, 16);
    assertEquals(image.size, 640);
    assertEquals(image.memory.length, 640);
    assertEquals(image.planes, [
      { memory: image.memory, offset: 0, linesize: 32 },
      { memory: image.memory, offset: 416, linesize: 16 },
      { memory: image.memory, offset: 528, linesize: 16 },
    ]);
  });

  it("rounds the width up to 8 where align is 8 or more", () => {
    assertEquals(linesizes("rgb24", 3, 1, 4), [12]);
    assertEquals(linesizes("rgb24", 3, 1, 8), [24]);
    assertEquals(linesizes("rgb24", 8, 1, 8), [24]);
    assertEquals(linesizes("rgb24", 9, 1, 7), [33]);
  });

  it("has the palette as plane 1", () => {
    using image = allocImage("pal8", 17, 13, 4);
    assertEquals(image.size, 1284);
    assertEquals(image.planes[1], { memory: image.memory, offset: 260, linesize: 0 });
    assertEquals(image.planes.length, 2);
  });

  it("takes an align of 0, which leaves no bytes", () => {
    using image = allocImage("yuv420p", 17, 13, 0);
    assertEquals([image.size, image.planes.length], [0, 3]);
  });

  it("gives addresses that are multiples of 64 and belong to one allocation each", () => {
    using first = allocImage("gray", 64, 1, 1);
    using second = allocImage("gray", 1, 1, 1);
    using third = allocImage("gray", 1, 1, 0);
    using fourth = allocImage("gray", 1, 1, 1);
    const addresses = [first, second, third, fourth].map((image) => image.address);
    for (const [i, address] of addresses.entries()) {
      assertEquals(address % 64, 0);
      assertEquals(address > (i === 0 ? 0 : addresses[i - 1]! + 63), true);
    }
    assertEquals(second.address >= first.address + first.size, true);
  });

  it("takes the memory away when it is freed", () => {
    const image = allocImage("gray", 4, 4, 1);
    const view = image.memory.subarray(4);
    const { planes } = image;
    image.free();
    assertEquals([image.memory.length, view.length, planes[0]!.memory.length], [0, 0, 0]);
    const other = allocImage("gray", 4, 4, 1);
    const error = assertThrows(() => copyImage(other.planes, planes, "gray", 4, 4), MediaError);
    assertEquals(error.code, "USE_AFTER_FREE");
    other.free();
  });

  it("refuses to be freed twice; leaving the scope after free() is fine", () => {
    {
      using image = allocImage("gray", 4, 4, 1);
      image.free();
      const error = assertThrows(() => image.free(), MediaError);
      assertEquals([error.code, error.op], ["DOUBLE_FREE", "av_freep"]);
    }
    const image = allocImage("gray", 4, 4, 1);
    image[Symbol.dispose]();
    image[Symbol.dispose]();
    assertEquals(assertThrows(() => image.free(), MediaError).code, "DOUBLE_FREE");
  });

  it("is freed without a word where somebody moved the buffer away", () => {
    using image = allocImage("gray", 4, 4, 1);
    const moved = (image.memory.buffer as ArrayBuffer).transfer();
    image.free();
    assertEquals([image.memory.length, moved.byteLength], [0, 16]);
    assertEquals(assertThrows(() => image.free(), MediaError).code, "DOUBLE_FREE");
  });

  it("refuses what has no layout, and palettes that are not aligned", () => {
    const calls = [
      () => allocImage("cuda", 16, 16, 16),
      () => allocImage("gray", 16256, 16256, 1),
      () => allocImage("gray", -1, 1, 1),
      () => allocImage("pal8", 17, 13, 3),
      () => allocImage("pal8", 17, 13, 0),
      () => allocImage("yuv420p", 17, 13, -8),
    ];
    for (const call of calls) assertEquals(refused(call), "EINVAL av_image_alloc -22");
    assertThrows(() => allocImage("gray", 16, 16, 1.5), TypeError, "align is 1.5");
  });

  it("has no memory beyond an int, the alignment counted", () => {
    assertEquals(refused(() => allocImage("gray", 1, 1, 1073741824)), "ENOMEM av_image_alloc -12");
    assertEquals(refused(() => allocImage("rgbaf32le", 16255, 16255, 1)), "ENOMEM av_image_alloc -12");
    assertEquals(refused(() => allocImage("gray", 1, 1, -2147483647)), "ENOMEM av_image_alloc -12");
  });
});
