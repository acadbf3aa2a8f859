import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { ImageLayout } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { imageLayout } from "./layout.ts";
import { flipLayout } from "./layout_flip.ts";
import { planeRows } from "./layout_memory.ts";
import { ffmpeg, gstreamer, webcodecs } from "./rules.ts";
import { arbitraryLayout } from "./testdata/arbitrary_layouts_test.ts";

describe("flipLayout()", () => {
  it("starts at the last row of each plane and walks up", () => {
    const flipped = flipLayout(imageLayout("yuv420p", 5, 3, ffmpeg(8)));
    assertEquals(flipped, {
      format: "yuv420p",
      width: 5,
      height: 3,
      rules: { name: "custom" },
      size: 56,
      planes: [
        { plane: 0, offset: 16, linesize: -8, rowBytes: 5, rows: 3, extent: 21 },
        { plane: 1, offset: 32, linesize: -8, rowBytes: 3, rows: 2, extent: 11 },
        { plane: 2, offset: 48, linesize: -8, rowBytes: 3, rows: 2, extent: 11 },
      ],
    });
  });

  it("leaves palettes alone", () => {
    for (const rules of [ffmpeg(), gstreamer()]) {
      const layout = imageLayout("pal8", 5, 3, rules);
      assertEquals(flipLayout(layout).planes[1], layout.planes[1]);
      assertEquals(flipLayout(layout).planes[0]!.linesize, -layout.planes[0]!.linesize);
    }
  });

  it("keeps a linesize of 0", () => {
    // Not -0, which some comparisons tell apart.
    assert(Object.is(flipLayout(imageLayout("nv12", 1, 3, webcodecs)).planes[1]!.linesize, 0));
  });

  it("shows the same rows in the opposite order, and twice is the layout again", () => {
    fc.assert(
      fc.property(arbitraryLayout, (layout) => {
        const flipped = flipLayout(layout);
        assertEquals(flipLayout(flipped), { ...layout, rules: { name: "custom" } });
        const memory = Uint8Array.from({ length: layout.size }, (_, i) => i * 7 + (i >> 8));
        for (const { plane } of layout.planes) {
          const rows = [...planeRows(layout, memory, plane)];
          if (layout.format !== "pal8" || plane !== 1) rows.reverse();
          assertEquals([...planeRows(flipped, memory, plane)], rows);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("refuses what is no layout", () => {
    const layout = imageLayout("gray", 3, 3, ffmpeg());
    const [plane] = layout.planes;
    for (const wrong of [null, undefined, 5, {}, { ...layout, planes: [null] }, { ...layout, width: 1.5 }]) {
      assertThrows(() => flipLayout(wrong as ImageLayout), TypeError, "Cannot call flipLayout");
    }
    assertThrows(
      () => flipLayout({ ...layout, planes: [{ ...plane!, offset: "0" }] } as never),
      TypeError,
      "offset",
    );
    assertThrows(
      () => flipLayout({ ...layout, planes: [{ ...plane!, plane: 1 }] }),
      MediaError,
      "plane is 1, wanted 0",
    );
    assertThrows(() => flipLayout({ ...layout, format: "nv12" }), MediaError, "1 planes, wanted 2");
    const palette = { ...plane!, plane: 1, extent: 1023 };
    const wrong = { ...layout, format: "pal8" as const, planes: [plane!, palette] };
    assertThrows(() => flipLayout(wrong), MediaError, "1023 bytes, wanted 1024");
  });
});
