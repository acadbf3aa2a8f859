import type { ImageLayout } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { findRegions } from "./regions.ts";

function plane(index: number, offset: number, linesize: number, rowBytes: number, rows: number) {
  return {
    plane: index,
    offset,
    linesize,
    rowBytes,
    rows,
    extent: Math.abs(linesize) * (rows - 1) + rowBytes,
  };
}

function layout(
  size: number,
  planes: ImageLayout["planes"],
  format: ImageLayout["format"] = "yuv420p",
): ImageLayout {
  return { format, width: 5, height: 3, rules: { name: "custom" }, size, planes };
}

describe("findRegions()", () => {
  it("counts the padding behind the last row only as far as the memory goes", () => {
    const at = (size: number) => {
      const regions = findRegions(layout(size, [plane(0, 0, 8, 5, 3)]));
      return [regions.visible, regions.padding, regions.gaps, regions.planes[0]!.lastPadding];
    };
    assertEquals(at(21), [15, 6, 0, 0]);
    assertEquals(at(23), [15, 8, 0, 2]);
    assertEquals(at(24), [15, 9, 0, 3]);
    assertEquals(at(30), [15, 9, 6, 3]);
  });

  it("finds what lies before, between and behind the planes", () => {
    const regions = findRegions(layout(100, [plane(0, 4, 8, 5, 3), plane(1, 40, 4, 3, 2)]));
    assertEquals(regions.gapBefore, 4);
    assertEquals(regions.planes.map((region) => [region.low, region.high, region.gap]), [[4, 25, 12], [
      40,
      47,
      52,
    ]]);
    assertEquals(regions.visible + regions.padding + regions.gaps, 100);
  });

  it("goes through the planes in the order of memory", () => {
    const regions = findRegions(layout(30, [plane(0, 20, 5, 5, 2), plane(1, 0, 5, 5, 4)]));
    assertEquals(regions.planes.map((region) => region.plane.plane), [1, 0]);
    assertEquals(regions.gaps, 0);
  });

  it("finds the first byte of a plane that is stored bottom up", () => {
    const [region] = findRegions(layout(24, [plane(0, 16, -8, 5, 3)])).planes;
    assertEquals([region!.low, region!.high, region!.padding, region!.lastPadding], [0, 21, 3, 3]);
  });

  it("does not call another plane's bytes padding", () => {
    const regions = findRegions(layout(32, [plane(0, 0, 16, 8, 2), plane(1, 8, 16, 8, 2)]));
    assertEquals(regions.planes.map((region) => region.shared), [true, true]);
    assertEquals([regions.padding, regions.gaps], [0, 0]);
  });

  it("knows a palette, whether its linesize is 0 or 4", () => {
    for (const palette of [plane(1, 15, 0, 1024, 1), plane(1, 15, 4, 4, 256)]) {
      const regions = findRegions(layout(15 + 1024, [plane(0, 0, 5, 5, 3), palette], "pal8"));
      assertEquals(regions.planes.map((region) => region.palette), [false, true]);
      assertEquals([regions.visible, regions.padding, regions.gaps], [1039, 0, 0]);
    }
  });

  it("takes a layout without planes", () => {
    assertEquals(findRegions(layout(7, [])), { planes: [], gapBefore: 7, visible: 0, padding: 0, gaps: 0 });
  });
});
