import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { linesizes, planeSizes } from "@mediamem/core-ts/image";
import { HARDWARE_FORMATS, SOFTWARE_FORMATS } from "./formats.ts";
import { makePicture, makePlane, ROWS } from "./picture.ts";

describe("makePicture()", () => {
  it("keeps planes and guards apart, whichever way the rows lie", () => {
    for (const format of SOFTWARE_FORMATS) {
      for (const rows of ROWS) {
        const { memory, planes } = makePicture(format, 17, 5, rows, 1);
        const rowBytes = linesizes(format, 17);
        const heights = planeSizes(format, 5, [1, 1, 1, 1]);
        let end = 0;
        for (const [i, { offset, linesize }] of planes.entries()) {
          const height = rowBytes[i] === 0 ? 1 : heights[i]!;
          const bytes = rowBytes[i] === 0 ? 1024 : rowBytes[i]!;
          const last = offset + linesize * (height - 1);
          assert(Math.min(offset, last) >= end + 64, `${format} ${rows} plane ${i}`);
          end = Math.max(offset, last) + bytes;
        }
        assert(end + 64 <= memory.length, `${format} ${rows}`);
      }
    }
  });

  it("gives formats without a layout planes that a copy must leave alone", () => {
    for (const format of HARDWARE_FORMATS) {
      assertEquals(makePicture(format, 17, 5, "packed", 1).planes.length, 4);
    }
  });
});

describe("makePlane()", () => {
  it("starts at the last row where the linesize is negative", () => {
    const { memory, offset, linesize } = makePlane(5, 3, -8, 1, 1);
    assertEquals([memory.length, offset, linesize], [64 + 1 + 24 + 64, 64 + 1 + 16, -8]);
  });
});
