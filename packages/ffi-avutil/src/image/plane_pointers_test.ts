import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, type PerPlane } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("planeSizes() of libavutil", () => {
  it("rounds the rows of chroma up", () => {
    assertEquals(image.planeSizes("yuv420p", 13, [24, 16, 16, 0]), [312, 112, 112, 0]);
    assertEquals(image.planeSizes("yuva420p", 13, [24, 16, 16, 24]), [312, 112, 112, 312]);
    assertEquals(image.planeSizes("pal8", 13, [17, 0, 0, 0]), [221, 1024, 0, 0]);
  });

  it("goes beyond 32 bits and not beyond 53", () => {
    assertEquals(image.planeSizes("gray", 2147483647, [2 ** 20, 0, 0, 0])[0], 2147483647 * 2 ** 20);
    for (const linesize of [2 ** 23, 2 ** 40]) {
      assertEquals(codeOf(() => image.planeSizes("gray", 2147483647, [linesize, 0, 0, 0])), "EINVAL");
    }
  });

  it("divides by no rows nowhere", () => {
    assertEquals(image.planeSizes("yuv420p", 0, [24, 16, 16, 0]), [0, 0, 0, 0]);
    assertEquals(image.planeSizes("pal8", 0, [24, 0, 0, 0]), [0, 1024, 0, 0]);
    assertEquals(image.planeSizes("yuv420p", -1, [0, 16, 16, 0]), [0, 0, 0, 0]);
    assertEquals(codeOf(() => image.planeSizes("yuv420p", -1, [24, 16, 16, 0])), "EINVAL");
    assertEquals(codeOf(() => image.planeSizes("cuda", 0, [24, 16, 16, 0])), "EINVAL");
  });

  it("refuses negative linesizes and what is no array of four", () => {
    assertEquals(codeOf(() => image.planeSizes("yuv420p", 13, [24, -16, 16, 0])), "EINVAL");
    for (const wrong of [null, [1, 2, 3], new Int32Array(4), "1234"]) {
      assertThrows(
        () => image.planeSizes("yuv420p", 13, wrong as unknown as PerPlane),
        TypeError,
        "four numbers",
      );
    }
    assertThrows(() => image.planeSizes("yuv420p", 13, [24, 0.5, 16, 0]), TypeError, "linesizes[1]");
  });
});

describe("fillPointers() of libavutil", () => {
  it("puts one plane behind the other", () => {
    assertEquals(image.fillPointers("yuv420p", 13, 4096, [24, 16, 16, 0]), {
      data: [4096, 4408, 4520, 0],
      size: 536,
    });
    const high = 2 ** 47 + 1;
    assertEquals(image.fillPointers("nv12", 13, high, [17, 18, 0, 0]).data, [high, high + 221, 0, 0]);
  });

  it("gives NULL for NULL, and the size all the same", () => {
    assertEquals(image.fillPointers("yuv420p", 13, 0, [24, 16, 16, 0]), { data: [0, 0, 0, 0], size: 536 });
  });

  it("divides by no rows nowhere", () => {
    assertEquals(image.fillPointers("yuv420p", 0, 4096, [24, 16, 16, 0]), { data: [4096, 0, 0, 0], size: 0 });
    assertEquals(image.fillPointers("pal8", 0, 4096, [24, 0, 0, 0]), {
      data: [4096, 4096, 0, 0],
      size: 1024,
    });
  });

  it("refuses what C refuses and what is no address", () => {
    assertEquals(codeOf(() => image.fillPointers("gray", 2, 4096, [1073741824, 0, 0, 0])), "EINVAL");
    assertEquals(codeOf(() => image.fillPointers("gray", 2, 4096, [2 ** 31, 0, 0, 0])), "EINVAL");
    assertEquals(codeOf(() => image.fillPointers("gray", 2, -1, [1, 0, 0, 0])), "EINVAL");
    assertEquals(codeOf(() => image.fillPointers("gray", 2, 2 ** 53 - 1, [1, 0, 0, 0])), "EINVAL");
    assertThrows(() => image.fillPointers("gray", 2, 0.5, [1, 0, 0, 0]), TypeError);
  });
});

describe("fillArrays() of libavutil", () => {
  it("gives the numbers of FFmpeg's documentation, and odd ones", () => {
    assertEquals(image.fillArrays("yuv420p", 300, 300, 16).linesizes, [304, 160, 160, 0]);
    assertEquals(image.fillArrays("yuv420p", 17, 13, 8, 4096), {
      data: [4096, 4408, 4520, 0],
      size: 536,
      linesizes: [24, 16, 16, 0],
    });
  });

  it("gives NULL without an address", () => {
    assertEquals(image.fillArrays("yuv420p", 17, 13, 8).data, [0, 0, 0, 0]);
  });

  it("refuses what C refuses", () => {
    assertEquals(codeOf(() => image.fillArrays("yuv420p", 0, 13, 8)), "EINVAL");
    assertEquals(codeOf(() => image.fillArrays("cuda", 17, 13, 8)), "EINVAL");
    assertThrows(() => image.fillArrays("nv12", 17, 13, NaN), TypeError);
  });
});
