import { type HeapStretch, mapHeap } from "@mediamem/drawing";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { recordingTerminal } from "../recording_terminal.ts";
import { heapStrip, stripOptions } from "./heap_strip.ts";

const HEAP = {
  checked: false,
  walk: (): HeapStretch[] => [
    { address: 80, size: 1000, state: "used", start: 64, length: 1024 },
    { address: 1104, size: 1000, state: "free", start: 1088, length: 1024 },
    { address: 2128, size: 48, state: "reserved", start: 2112, length: 1024 },
    { address: 3152, size: 10, state: "used", start: 3136, length: 64 },
    { address: 3216, size: 900, state: "free", start: 3200, length: 896 },
  ],
};

describe("heapStrip()", () => {
  const { out } = recordingTerminal();

  it("draws each row with its address", () => {
    const map = mapHeap(HEAP, { columns: 16, rows: 4 });
    assertEquals([map.rowBytes, map.rows], [1024, 4]);
    assertEquals(heapStrip(map, out), [
      "   0 =###############",
      "1024 #",
      "2048  ooooooooooooooo",
      "3072 o#",
    ]);
  });

  it("shades by how much is in use, with blocks where the terminal has them", () => {
    const map = mapHeap(HEAP, { columns: 1, rows: 16 });
    assertEquals(map.rowBytes, 256);
    const shades = (unicode: boolean) =>
      heapStrip(map, { ...out, unicode }).map((line) => line.slice(5)).join("|");
    assertEquals(shades(false), "#|#|#|#|.||||o|o|o|o|.");
    assertEquals(shades(true), "█|█|█|█|░||||o|o|o|o|░");
  });

  it("takes as many columns as the terminal has room for", () => {
    assertEquals(stripOptions(Infinity, 10).columns, 64);
    assertEquals(stripOptions(80, 10).columns, 64);
    assertEquals(stripOptions(60, 10).columns, 32);
    assertEquals(stripOptions(20, 10).columns, 8);
    for (let width = 20; width < 90; width++) {
      const { columns } = stripOptions(width, 10);
      assert(columns! + 11 <= width);
    }
  });
});
