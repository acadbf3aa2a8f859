import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PerPlane } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { planeSizes } from "@mediamem/core-ts/image";

const MAX = Number.MAX_SAFE_INTEGER;

function refused(call: () => unknown): string {
  const { code, op, averror } = assertThrows(call, MediaError);
  return `${code} ${op} ${averror}`;
}

describe("planeSizes()", () => {
  it("rounds the rows of chroma up", () => {
    assertEquals(planeSizes("yuv420p", 12, [24, 16, 16, 0]), [288, 96, 96, 0]);
    assertEquals(planeSizes("yuv420p", 13, [24, 16, 16, 0]), [312, 112, 112, 0]);
    assertEquals(planeSizes("yuv410p", 13, [24, 16, 16, 0]), [312, 64, 64, 0]);
    assertEquals(planeSizes("yuva420p", 13, [24, 16, 16, 24]), [312, 112, 112, 312]);
  });

  it("looks at the planes of the format alone", () => {
    assertEquals(planeSizes("gray", 13, [17, 5, 6, 7]), [221, 0, 0, 0]);
    assertEquals(planeSizes("nv12", 13, [17, 18, -6, 7]), [221, 126, 0, 0]);
  });

  it("has 1024 bytes for a palette, whatever its linesize is", () => {
    for (const linesize of [0, 4, -4]) {
      assertEquals(planeSizes("pal8", 13, [17, linesize, 0, 0]), [221, 1024, 0, 0]);
    }
    assertEquals(planeSizes("pal8", 0, [17, 0, 0, 0]), [0, 1024, 0, 0]);
  });

  it("has no bytes where one number is 0, as C multiplies", () => {
    assertEquals(planeSizes("yuv420p", 0, [-5, -5, -5, 0]), [0, 0, 0, 0]);
    assertEquals(planeSizes("yuv420p", -9, [0, 0, 0, 0]), [0, 0, 0, 0]);
    assertEquals(planeSizes("yuv420p", -1, [0, -3, 7, 0]), [0, 0, 0, 0]);
  });

  it("refuses what C would answer with a number near 2^64", () => {
    const wrong: [number, PerPlane][] = [
      [13, [-24, 16, 16, 0]],
      [1, [24, -16, 16, 0]],
      [-1, [1, 0, 0, 0]],
      [2147483647, [1, 1, 0, 0]],
    ];
    for (const [height, linesizes] of wrong) {
      assertEquals(
        refused(() => planeSizes("yuv420p", height, linesizes)),
        "EINVAL av_image_fill_plane_sizes -22",
      );
    }
  });

  it("goes as far as a number does", () => {
    assertEquals(planeSizes("gray", 1, [MAX, 0, 0, 0]), [MAX, 0, 0, 0]);
    assertEquals(
      refused(() => planeSizes("gray", 2, [MAX, 0, 0, 0])),
      "EINVAL av_image_fill_plane_sizes -22",
    );
    assertThrows(() => planeSizes("gray", 1, [2 ** 53, 0, 0, 0]), TypeError, "linesizes[0]");
  });

  it("refuses a device format and arguments of the wrong kind", () => {
    assertEquals(refused(() => planeSizes("cuda", 1, [0, 0, 0, 0])), "EINVAL av_image_fill_plane_sizes -22");
    assertEquals(
      refused(() => planeSizes("gray", 2147483648, [1, 0, 0, 0])),
      "EINVAL av_image_fill_plane_sizes -22",
    );
    assertThrows(() => planeSizes("gray", 0.5, [1, 0, 0, 0]), TypeError, "height is 0.5");
    assertThrows(
      () => planeSizes("gray", 1, [1, 0, 0] as unknown as PerPlane),
      TypeError,
      "linesizes is Array",
    );
    assertThrows(() => planeSizes("gray", 1, [1, 0, 0, NaN]), TypeError, "linesizes[3] is NaN");
  });
});
