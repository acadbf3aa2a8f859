import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { Plane } from "@mediamem/interface";
import { copyRows, rowCount } from "./copy_rows.ts";

function counting(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i % 251 + 1);
}

/** What C does: byte by byte, row by row, from the top down. */
function copySlowly(dst: Plane, src: Plane, rowBytes: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < rowBytes; i++) {
      dst.memory[dst.offset + row * dst.linesize + i] = src.memory[src.offset + row * src.linesize + i]!;
    }
  }
}

describe("copyRows()", () => {
  for (const rowBytes of [1, 17, 255, 256, 300]) {
    it(`copies rows of ${rowBytes} bytes again and again, however they lie`, () => {
      const src = counting(4000);
      const shapes: [number, number, number, number][] = [
        [0, rowBytes, 0, rowBytes],
        [3, rowBytes + 5, 1, rowBytes],
        [0, rowBytes, 9, rowBytes + 2],
        [9 * rowBytes, -rowBytes, 0, rowBytes + 1],
        [0, rowBytes, 9 * (rowBytes + 3), -(rowBytes + 3)],
        [0, rowBytes, 7, 0],
        [0, rowBytes, 7, rowBytes + 6],
      ];
      // A plane that comes back is copied in another way: from the rows that were kept of it.
      for (const [dstOffset, dstLinesize, srcOffset, srcLinesize] of shapes) {
        for (const rows of [1, 3, 10, 2, 10]) {
          const [copied, wanted] = [counting(4000).fill(0), counting(4000).fill(0)];
          const from = { memory: src, offset: srcOffset, linesize: srcLinesize };
          copyRows({ memory: copied, offset: dstOffset, linesize: dstLinesize }, from, rowBytes, rows);
          copySlowly({ memory: wanted, offset: dstOffset, linesize: dstLinesize }, from, rowBytes, rows);
          assertEquals(copied, wanted);
        }
      }
    });
  }

  it("sees what was written into the source since the last copy", () => {
    const src = { memory: counting(600), offset: 0, linesize: 300 };
    const dst = { memory: new Uint8Array(512), offset: 0, linesize: 256 };
    for (const value of [1, 2, 3]) {
      src.memory.fill(value);
      copyRows(dst, src, 256, 2);
      assertEquals(new Set(dst.memory), new Set([value]));
    }
  });

  it("tells pieces of one plane apart by the bytes of their rows", () => {
    const memory = counting(3000);
    for (const rowBytes of [256, 300, 256, 300]) {
      const dst = { memory: new Uint8Array(600), offset: 0, linesize: 300 };
      copyRows(dst, { memory, offset: 0, linesize: 400 }, rowBytes, 2);
      assertEquals(dst.memory.indexOf(0), rowBytes === 256 ? 256 : -1);
    }
  });

  it("remembers a few planes of a memory and copies all of them", () => {
    const memory = counting(3000);
    for (let turn = 0; turn < 3; turn++) {
      for (let offset = 0; offset < 8; offset++) {
        const dst = { memory: new Uint8Array(512), offset: 0, linesize: 256 };
        copyRows(dst, { memory, offset, linesize: 300 }, 256, 2);
        assertEquals([dst.memory[0], dst.memory[511]], [offset + 1, (offset + 555) % 251 + 1]);
      }
    }
  });

  it("copies within one memory from the top down, as C does", () => {
    for (const rowBytes of [10, 300]) {
      for (const linesize of [rowBytes, rowBytes + 4]) {
        const [copied, wanted] = [counting(4000), counting(4000)];
        const planes = (memory: Uint8Array): [Plane, Plane] => [
          { memory, offset: linesize, linesize },
          { memory, offset: 0, linesize },
        ];
        copyRows(...planes(copied), rowBytes, 8);
        copySlowly(...planes(wanted), rowBytes, 8);
        assertEquals(copied, wanted);
      }
    }
  });

  it("copies out of a subclass whose constructor takes other arguments", () => {
    class Frame extends Uint8Array {
      constructor(width: number, height: number) {
        super(width * height);
      }
    }
    for (const rowBytes of [10, 300]) {
      for (const linesize of [rowBytes, rowBytes + 3]) {
        const memory = new Frame(linesize, 3).fill(7);
        for (let time = 0; time < 3; time++) {
          const dst = { memory: new Uint8Array(3 * rowBytes), offset: 0, linesize: rowBytes };
          copyRows(dst, { memory, offset: 0, linesize }, rowBytes, 3);
          assertEquals(dst.memory, new Uint8Array(3 * rowBytes).fill(7));
        }
      }
    }
  });

  it("does nothing without rows or bytes, wherever the planes are", () => {
    const plane = { memory: counting(4), offset: 99, linesize: -7 };
    copyRows(plane, plane, 0, 5);
    copyRows(plane, plane, 5, 0);
    copyRows(plane, plane, 5, -5);
    assertEquals(plane.memory, counting(4));
  });
});

describe("rowCount()", () => {
  it("rounds up, also the largest height", () => {
    assertEquals([rowCount(12, 1), rowCount(13, 1), rowCount(13, 2), rowCount(13, 0)], [6, 7, 4, 13]);
    assertEquals([rowCount(2147483647, 1), rowCount(2147483647, 0)], [1073741824, 2147483647]);
    assertEquals([rowCount(0, 1), rowCount(-1, 0), rowCount(-2147483648, 1)], [0, 0, 0]);
  });
});
