import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { checkSar, checkSize, checkSize2 } from "@mediamem/core-ts/image";

const ANY = Number.MAX_SAFE_INTEGER;

function refused(call: () => void): string {
  const { code, op, averror } = assertThrows(call, MediaError);
  return `${code} ${op} ${averror}`;
}

describe("checkSize()", () => {
  it("takes the largest pictures and refuses their neighbours", () => {
    const largest = [[2080767, 1], [1, 2080767], [16255, 16255], [16256, 16255], [16255, 16257]] as const;
    for (const [width, height] of largest) checkSize(width, height);
    const tooLarge = [[2080768, 1], [1, 2080768], [16256, 16256], [16255, 16258]] as const;
    for (const [width, height] of tooLarge) {
      assertEquals(refused(() => checkSize(width, height)), "EINVAL av_image_check_size -22");
    }
  });

  it("refuses a side without pixels and one beyond an int", () => {
    for (const [width, height] of [[0, 1], [1, 0], [0, 0], [2147483648, 1], [1, 4294967295]] as const) {
      assertEquals(refused(() => checkSize(width, height)), "EINVAL av_image_check_size -22");
    }
  });

  it("refuses what is no unsigned", () => {
    assertEquals(refused(() => checkSize(-1, 1)), "EINVAL av_image_check_size -22");
    assertEquals(refused(() => checkSize(1, 4294967296)), "EINVAL av_image_check_size -22");
    for (const width of [0.5, NaN, "1", null]) {
      assertThrows(() => checkSize(width as number, 1), TypeError, "width");
    }
  });
});

describe("checkSize2()", () => {
  it("knows the rows of the format", () => {
    const limits: [PixelFormatName | null, number][] = [
      [null, 16255],
      ["rgba64le", 16255],
      ["rgba", 22978],
      ["yuv420p", 45767],
    ];
    for (const [format, side] of limits) {
      checkSize2(side, side, ANY, format);
      assertEquals(
        refused(() => checkSize2(side + 1, side + 1, ANY, format)),
        "EINVAL av_image_check_size2 -22",
      );
    }
  });

  it("falls back to 8 bytes a pixel for a device format and for rows that an int cannot hold", () => {
    checkSize2(16255, 16255, ANY, "cuda");
    assertEquals(refused(() => checkSize2(16256, 16256, ANY, "cuda")), "EINVAL av_image_check_size2 -22");
    assertEquals(refused(() => checkSize2(2147483647, 1, ANY, "monow")), "EINVAL av_image_check_size2 -22");
  });

  it("keeps to the budget of pixels", () => {
    checkSize2(17, 13, 221, "yuv420p");
    for (const maxPixels of [220, 0, -1]) {
      assertEquals(
        refused(() => checkSize2(17, 13, maxPixels, "yuv420p")),
        "EINVAL av_image_check_size2 -22",
      );
    }
    assertThrows(() => checkSize2(17, 13, Infinity, "yuv420p"), TypeError, "maxPixels is Infinity");
  });

  it("refuses unknown names", () => {
    assertThrows(() => checkSize2(1, 1, ANY, "nope" as PixelFormatName), MediaError, '"nope"');
    assertThrows(() => checkSize2(1, 1, ANY, undefined as never), TypeError, "undefined");
  });
});

describe("checkSar()", () => {
  it("wants a pixel to be left of both sides", () => {
    checkSar(16, 16, 1, 16);
    checkSar(16, 16, 16, 1);
    checkSar(0, 0, 1, 1);
    checkSar(0, 0, 0, 1);
    checkSar(4294967295, 1, 1, 2147483647);
    for (
      const [num, den] of [[1, 17], [17, 1], [-1, 1], [1, 0], [1, -1], [0, 0], [-2147483648, 2147483647]]
    ) {
      assertEquals(refused(() => checkSar(16, 16, num!, den!)), "EINVAL av_image_check_sar -22");
    }
  });

  it("refuses what is no int", () => {
    assertEquals(refused(() => checkSar(1, 1, 2147483648, 1)), "EINVAL av_image_check_sar -22");
    assertThrows(() => checkSar(1, 1, 0.5, 1), TypeError, "num is 0.5");
    assertThrows(() => checkSar(1, 1, 1, "1" as unknown as number), TypeError, "den");
  });
});
