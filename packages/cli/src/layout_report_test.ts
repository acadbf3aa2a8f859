import type { ImageLayout } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { differences, layoutReport } from "./layout_report.ts";

const LAYOUT: ImageLayout = {
  format: "gray",
  width: 99,
  height: 51,
  rules: { name: "ffmpeg", align: 16 },
  size: 5712,
  planes: [{ plane: 0, offset: 0, linesize: 112, rowBytes: 99, rows: 51, extent: 5699 }],
};

describe("layoutReport()", () => {
  it("has exactly the names that scripts rely on, in that order", () => {
    assertEquals(
      JSON.stringify(layoutReport("core-ts", LAYOUT)),
      '{"backend":"core-ts","format":"gray","width":99,"height":51,"rules":"ffmpeg","align":16,"size":5712,' +
        '"planes":[{"plane":0,"offset":0,"linesize":112,"rowBytes":99,"rows":51,"extent":5699}]}',
    );
  });
});

describe("differences()", () => {
  const report = layoutReport("core-ts", LAYOUT);

  it("finds none between equal layouts, however many", () => {
    assertEquals(differences([]), []);
    assertEquals(differences([report]), []);
    assertEquals(differences([report, { ...report, backend: "avutil" }]), []);
  });

  it("names each number that differs", () => {
    const [plane] = report.planes;
    const other = { ...report, size: 1, planes: [{ ...plane!, linesize: 128 }] };
    assertEquals(differences([report, other]), [
      { field: "size", values: [5712, 1] },
      { field: "plane 0 linesize", values: [112, 128] },
    ]);
  });

  it("finds a plane that only one backend has", () => {
    const found = differences([report, { ...report, planes: [] }]);
    assertEquals(found.map(({ field }) => field.split(" ")[2]), [
      "plane",
      "offset",
      "linesize",
      "rowBytes",
      "rows",
      "extent",
    ]);
    assertEquals(found[2]!.values, [112, null]);
  });
});
