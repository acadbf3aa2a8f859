import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { PerPlane, PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { fillMaxPixsteps, linesize, linesizes, pixelFormat, pixelFormats } from "@mediamem/core-ts/image";
import fc from "fast-check";

/** Format, linesizes 16 and 17 pixels wide: what libavutil 59 says of one format of each family. */
const FAMILIES: readonly (readonly [PixelFormatName, PerPlane, PerPlane])[] = [
  ["yuv420p", [16, 8, 8, 0], [17, 9, 9, 0]],
  ["yuv410p", [16, 4, 4, 0], [17, 5, 5, 0]],
  ["yuv440p", [16, 16, 16, 0], [17, 17, 17, 0]],
  ["yuva420p", [16, 8, 8, 16], [17, 9, 9, 17]],
  ["yuv420p10le", [32, 16, 16, 0], [34, 18, 18, 0]],
  ["nv12", [16, 16, 0, 0], [17, 18, 0, 0]],
  ["nv24", [16, 32, 0, 0], [17, 34, 0, 0]],
  ["p010le", [32, 32, 0, 0], [34, 36, 0, 0]],
  ["yuyv422", [32, 0, 0, 0], [36, 0, 0, 0]],
  ["uyyvyy411", [24, 0, 0, 0], [30, 0, 0, 0]],
  ["y210le", [64, 0, 0, 0], [72, 0, 0, 0]],
  ["rgb24", [48, 0, 0, 0], [51, 0, 0, 0]],
  ["rgba", [64, 0, 0, 0], [68, 0, 0, 0]],
  ["rgb565le", [32, 0, 0, 0], [34, 0, 0, 0]],
  ["rgb4", [8, 0, 0, 0], [9, 0, 0, 0]],
  ["rgb4_byte", [16, 0, 0, 0], [17, 0, 0, 0]],
  ["monow", [2, 0, 0, 0], [3, 0, 0, 0]],
  ["pal8", [16, 0, 0, 0], [17, 0, 0, 0]],
  ["ya8", [32, 0, 0, 0], [34, 0, 0, 0]],
  ["gbrap16le", [32, 32, 32, 32], [34, 34, 34, 34]],
  ["x2rgb10le", [64, 0, 0, 0], [68, 0, 0, 0]],
  ["xv30be", [64, 0, 0, 0], [68, 0, 0, 0]],
  ["rgbaf32le", [256, 0, 0, 0], [272, 0, 0, 0]],
  ["xyz12le", [96, 0, 0, 0], [102, 0, 0, 0]],
];

const INT_MAX = 2147483647;

function refused(call: () => unknown): string {
  const { code, op, averror } = assertThrows(call, MediaError);
  return `${code} ${op} ${averror}`;
}

describe("the first call of linesizes()", () => {
  it("already knows a name from none", () => {
    assertEquals(refused(() => linesizes("" as PixelFormatName, 0)), "EINVAL av_image_fill_linesizes -22");
    assertEquals(linesizes("gray", 0), [0, 0, 0, 0]);
  });
});

describe("linesizes()", () => {
  for (const [name, even, odd] of FAMILIES) {
    it(`counts the bytes of a row of ${name}`, () => {
      assertEquals(linesizes(name, 16), even);
      assertEquals(linesizes(name, 17), odd);
    });
  }

  it("answers what FFmpeg's documentation says", () => {
    assertEquals(linesizes("yuv420p", 300), [300, 150, 150, 0]);
    assertEquals(linesizes("uyvy422", 300), [600, 0, 0, 0]);
  });

  it("is what linesize() says of each plane", () => {
    const name = fc.constantFrom(...pixelFormats().filter((name) => pixelFormat(name).nbComponents > 0));
    fc.assert(fc.property(name, fc.nat(16777300), (name, width) => {
      assertEquals([...linesizes(name, width)], [0, 1, 2, 3].map((plane) => linesize(name, width, plane)));
    }));
  });

  it("has no bytes without width", () => {
    assertEquals(linesizes("yuv420p", 0), [0, 0, 0, 0]);
    assertEquals(linesizes("monow", -0), [0, 0, 0, 0]);
  });

  it("goes to the last width that an int holds", () => {
    assertEquals(linesizes("gray", INT_MAX), [INT_MAX, 0, 0, 0]);
    assertEquals(linesizes("yuv420p", INT_MAX - 1), [INT_MAX - 1, 1073741823, 1073741823, 0]);
    assertEquals(linesizes("rgb24", 715827882)[0], INT_MAX - 1);
    assertEquals(linesizes("monow", INT_MAX - 7)[0], 268435455);
  });

  it("refuses rows that an int cannot hold", () => {
    const wide: [PixelFormatName, number][] = [
      ["rgb24", 715827883],
      ["yuv420p", INT_MAX],
      ["yuyv422", INT_MAX],
      ["uyyvyy411", INT_MAX],
      ["monow", INT_MAX - 6],
      ["rgb4", 536870911],
      ["rgbaf32le", 134217728],
    ];
    for (const [name, width] of wide) {
      assertEquals(refused(() => linesizes(name, width)), "EINVAL av_image_fill_linesizes -22");
    }
  });

  it("refuses a negative width, a device format, and numbers that are none", () => {
    assertEquals(refused(() => linesizes("gray", -1)), "EINVAL av_image_fill_linesizes -22");
    assertEquals(refused(() => linesizes("cuda", 16)), "EINVAL av_image_fill_linesizes -22");
    assertEquals(refused(() => linesizes("gray", INT_MAX + 1)), "EINVAL av_image_fill_linesizes -22");
    for (const width of [1.5, NaN, Infinity, "16", null, undefined, 16n]) {
      assertThrows(() => linesizes("gray", width as number), TypeError, "width");
    }
  });
});

describe("linesize()", () => {
  it("has 0 for a plane that the format does not have", () => {
    assertEquals([linesize("gray", 17, 1), linesize("pal8", 17, 1), linesize("yuv420p", 17, 3)], [0, 0, 0]);
  });

  it("looks at its plane alone", () => {
    assertEquals(linesize("yuv420p", INT_MAX, 0), INT_MAX);
    assertEquals(refused(() => linesize("yuv420p", INT_MAX, 1)), "EINVAL av_image_get_linesize -22");
  });

  it("refuses planes that C would read past its arrays for", () => {
    for (const plane of [-1, 4]) {
      assertEquals(refused(() => linesize("gray", 17, plane)), "EINVAL av_image_get_linesize -22");
    }
    assertThrows(() => linesize("gray", 17, 0.5), TypeError, "plane is 0.5");
  });
});

describe("fillMaxPixsteps()", () => {
  it("answers what FFmpeg's documentation says", () => {
    assertEquals(fillMaxPixsteps("yuv420p").maxPixsteps, [1, 1, 1, 0]);
    assertEquals(fillMaxPixsteps("rgba").maxPixsteps, [4, 0, 0, 0]);
  });

  it("names the first component that has the largest step", () => {
    assertEquals(fillMaxPixsteps("nv12"), { maxPixsteps: [1, 2, 0, 0], maxPixstepComps: [0, 1, 0, 0] });
    assertEquals(fillMaxPixsteps("yuva420p"), { maxPixsteps: [1, 1, 1, 1], maxPixstepComps: [0, 1, 2, 3] });
    assertEquals(fillMaxPixsteps("gbrp").maxPixstepComps, [1, 2, 0, 0]);
    assertEquals(fillMaxPixsteps("xv30be"), { maxPixsteps: [32, 0, 0, 0], maxPixstepComps: [0, 0, 0, 0] });
    assertEquals(fillMaxPixsteps("cuda"), { maxPixsteps: [0, 0, 0, 0], maxPixstepComps: [0, 0, 0, 0] });
  });
});
