import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { PixelFormatName } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { customLayout } from "./layout_custom.ts";
import { highestEnd } from "./layout_value.ts";
import { ffmpeg } from "./rules.ts";
import { arbitraryLayout } from "./testdata/arbitrary_layouts_test.ts";

type Place = readonly [offset: number, linesize: number];

function lay(format: PixelFormatName, width: number, height: number, ...places: Place[]) {
  return customLayout(format, width, height, places.map(([offset, linesize]) => ({ offset, linesize })));
}

describe("customLayout()", () => {
  it("works rows and bytes per row out for odd pictures", () => {
    assertEquals(lay("nv12", 5, 3, [16, 8], [64, 6]), {
      format: "nv12",
      width: 5,
      height: 3,
      rules: { name: "custom" },
      size: 64 + 6 + 6,
      planes: [
        { plane: 0, offset: 16, linesize: 8, rowBytes: 5, rows: 3, extent: 21 },
        { plane: 1, offset: 64, linesize: 6, rowBytes: 6, rows: 2, extent: 12 },
      ],
    });
  });

  it("takes planes in any order, upside down and between each other's rows", () => {
    const sideBySide = lay("yuv420p", 6, 4, [20, 6], [0, 10], [5, 10]);
    assertEquals(sideBySide.size, 44);
    const fields = lay("gbrp", 4, 2, [0, 12], [4, 12], [20, -12]);
    assertEquals(fields.planes[2]!.extent, 16);
    assertEquals(fields.size, 24);
  });

  it("takes both kinds of palette", () => {
    assertEquals(lay("pal8", 3, 3, [0, 4], [12, 0]).planes[1]!.rows, 1);
    assertEquals(lay("pal8", 3, 3, [0, 4], [12, 4]).planes[1]!.rows, 256);
    assertEquals(lay("pal8", 3, 3, [1024, 4], [0, 0]).size, 1024 + 11);
    assertThrows(() => lay("pal8", 3, 3, [0, 4], [12, 1024]), MediaError, "wanted 0 or 4");
  });

  it("gives back every layout that keeps all samples", () => {
    fc.assert(
      fc.property(arbitraryLayout, (layout) => {
        fc.pre(layout.rules.name !== "webcodecs");
        const { format, width, height, planes } = layout;
        const size = highestEnd(planes);
        assertEquals(customLayout(format, width, height, planes), {
          ...layout,
          rules: { name: "custom" },
          size,
        });
      }),
      { numRuns: 500 },
    );
  });

  it("refuses planes that share a byte", () => {
    for (
      const planes of [
        [[0, 6], [23, 3], [30, 3]],
        [[0, 6], [24, 3], [29, 3]],
        [[0, 6], [24, 5], [26, 5]],
        [[0, 6], [24, 6], [24, 6]],
        [[100, 6], [0, 60], [58, 45]],
      ] as const
    ) {
      const error = assertThrows(() => lay("yuv420p", 6, 4, ...planes), MediaError, "share bytes");
      assertEquals([error.code, error.op], ["OVERLAP", "customLayout"]);
    }
    lay("yuv420p", 6, 4, [0, 6], [24, 3], [30, 3]);
    lay("yuv420p", 5, 3, [0, 6], [17, 3], [23, 3]);
    assertThrows(() => lay("yuv420p", 5, 3, [0, 6], [16, 3], [23, 3]), MediaError, "planes 0 and 1");
  });

  it("refuses rows that run into each other, whichever way they run", () => {
    for (const linesize of [11, 0, -11, 1]) {
      assertThrows(() => lay("yuyv422", 5, 2, [100, linesize]), MediaError, "at least the 12 bytes");
    }
    lay("yuyv422", 5, 2, [100, -12]);
  });

  it("refuses planes below byte 0 and beyond safe integers", () => {
    assertThrows(() => lay("gray", 4, 3, [-1, 4]), MediaError, "down to byte -1");
    assertThrows(() => lay("gray", 4, 3, [7, -4]), MediaError, "down to byte -1");
    lay("gray", 4, 3, [8, -4]);
    lay("gray", 4, 3, [Number.MAX_SAFE_INTEGER - 12, 4]);
    assertThrows(() => lay("gray", 4, 3, [Number.MAX_SAFE_INTEGER - 11, 4]), MediaError, "up to byte");
    assertThrows(() => lay("rgba", 1073741824, 1, [0, 2147483647]), MediaError, "at most 2147483647");
  });

  it("refuses what is no picture", () => {
    const planes = imageLayout("gray", 4, 4, ffmpeg()).planes;
    assertThrows(() => customLayout("yuv420p", 4, 4, planes), MediaError, "1 planes, wanted 3");
    assertThrows(() => customLayout("cuda", 4, 4, []), MediaError, "on a device");
    assertThrows(() => customLayout("gray", 0, 4, planes), MediaError, "0x4");
    assertThrows(() => customLayout("gray", 4.5, 4, planes), TypeError, "width is 4.5");
    assertThrows(() => customLayout("gray", 4, 4, null as unknown as []), TypeError, "planes are null");
    assertThrows(() => lay("gray", 4, 4, [0.5, 4]), TypeError, "planes[0].offset is 0.5");
    assertThrows(() => lay("gray", 4, 4, [0, NaN]), TypeError, "planes[0].linesize is NaN");
    assertThrows(() => customLayout("none" as PixelFormatName, 4, 4, planes), MediaError, '"none"');
  });
});
