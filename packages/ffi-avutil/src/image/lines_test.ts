import { describe } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, type Plane } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

function plane(bytes: readonly number[], linesize: number, offset: number = 0): Plane {
  return { memory: new Uint8Array(bytes), offset, linesize };
}

describe("readImageLine() of libavutil", () => {
  it("reads samples of 8, 16 and 32 bits and of single bits", () => {
    const two = new Uint16Array(2);
    image.readImageLine(two, [plane([1, 2, 3, 4, 5, 6], 3)], "gray", 1, 1, 0, 2);
    assertEquals([...two], [5, 6]);
    image.readImageLine(two, [plane([0x34, 0x12, 0x78, 0x56], 4)], "gray16le", 0, 0, 0, 2);
    assertEquals([...two], [0x1234, 0x5678]);
    image.readImageLine(two, [plane([0x34, 0x12, 0x78, 0x56], 4)], "gray16be", 0, 0, 0, 2);
    assertEquals([...two], [0x3412, 0x7856]);
    image.readImageLine(two, [plane([0b01000000], 1)], "monob", 0, 0, 0, 2);
    assertEquals([...two], [0, 1]);
    const wide = new Uint32Array(1);
    image.readImageLine(wide, [plane([1, 2, 3, 4], 4)], "grayf32le", 0, 0, 0, 1);
    assertEquals([...wide], [0x04030201]);
  });

  it("takes true or false for the palette and nothing that is like it", () => {
    const src = [plane([1], 1)];
    assertThrows(
      () => image.readImageLine(new Uint16Array(1), src, "gray", 0, 0, 0, 1, 1 as never),
      TypeError,
      "readPalComponent is 1",
    );
  });

  it("reads a plane whose neighbours are missing, bottom up", () => {
    const line = new Uint16Array(1);
    const none = undefined as unknown as Plane;
    image.readImageLine(line, [none, plane([1, 2, 3, 4], -2, 2)], "yuv420p", 1, 1, 1, 1);
    assertEquals([...line], [2]);
  });

  it("looks indices up in the palette", () => {
    const palette = plane(Array.from({ length: 1024 }, (_, i) => (i * 3) & 255), 0);
    const line = new Uint16Array(3);
    image.readImageLine(line, [plane([0, 5, 255], 3), palette], "pal8", 0, 0, 0, 3, true);
    assertEquals([...line], [0, (20 * 3) & 255, (1020 * 3) & 255]);
  });

  it("leaves elements behind the line alone", () => {
    const line = new Uint16Array(3).fill(9);
    image.readImageLine(line, [plane([1, 2], 2)], "gray", 0, 0, 0, 2);
    assertEquals([...line], [1, 2, 9]);
  });

  it("refuses samples outside the memory, and writes nothing", () => {
    const line = new Uint16Array(4).fill(9);
    const src = [plane([1, 2, 3, 4, 5, 6], 3)];
    for (
      const [x, y, width] of [[4, 1, 1], [0, 2, 1], [-1, 0, 1], [0, -1, 1], [0, 0, 7], [
        2 ** 30,
        0,
        1,
      ]] as const
    ) {
      assertEquals(
        codeOf(() => image.readImageLine(line, src, "gray", x, y, 0, width)),
        "EINVAL",
        `${x} ${y}`,
      );
    }
    assertEquals(codeOf(() => image.readImageLine(line, src, "gray", 0, 0, 4, 1)), "EINVAL");
    assertEquals(codeOf(() => image.readImageLine(line, src, "gray", 0, 0, 0, 5)), "EINVAL");
    assertEquals(codeOf(() => image.readImageLine(line, src, "gray", 0, 0, 0, -1)), "EINVAL");
    assertEquals([...line], [9, 9, 9, 9]);
  });

  it("refuses a palette that is not there", () => {
    const line = new Uint16Array(1);
    const src = [plane([1, 2, 3], 3)];
    assertEquals(codeOf(() => image.readImageLine(line, src, "pal8", 0, 0, 0, 1, true)), "EINVAL");
    assertEquals(
      codeOf(() => image.readImageLine(line, [...src, plane([1], 0)], "pal8", 0, 0, 0, 1, true)),
      "EINVAL",
    );
  });

  it("refuses other arrays", () => {
    const src = [plane([1, 2, 3], 3)];
    for (const line of [new Uint8Array(4), new Int16Array(4), [1, 2], null]) {
      assertThrows(() => image.readImageLine(line as never, src, "gray", 0, 0, 0, 1), TypeError, "dst");
    }
    assertThrows(
      () => image.readImageLine(new Uint16Array(1), null as never, "gray", 0, 0, 0, 1),
      TypeError,
      "src",
    );
  });
});

describe("writeImageLine() of libavutil", () => {
  it("ORs into the memory, samples of every width", () => {
    const bytes = plane([0xf0, 0, 0], 3);
    image.writeImageLine(new Uint16Array([0x0f, 1]), [bytes], "gray", 0, 0, 0, 2);
    assertEquals([...bytes.memory], [0xff, 1, 0]);
    const words = plane([0, 0, 0, 0], 4);
    image.writeImageLine(new Uint32Array([0x1234]), [words], "gray16be", 1, 0, 0, 1);
    assertEquals([...words.memory], [0, 0, 0x12, 0x34]);
    const bits = plane([0, 0], 1);
    image.writeImageLine(new Uint16Array([1, 0, 1]), [bits], "monob", 5, 1, 0, 3);
    assertEquals([...bits.memory], [0, 0b00000101]);
  });

  it("refuses samples outside the memory, and writes nothing", () => {
    const dst = plane([0, 0, 0], 3);
    const line = new Uint16Array([1, 1, 1, 1]);
    for (const [x, y, width] of [[3, 0, 1], [0, 1, 1], [-1, 0, 1], [0, 0, 4]] as const) {
      assertEquals(
        codeOf(() => image.writeImageLine(line, [dst], "gray", x, y, 0, width)),
        "EINVAL",
        `${x} ${y}`,
      );
    }
    assertEquals(codeOf(() => image.writeImageLine(line, [dst], "gray", 0, 0, 0, 5)), "EINVAL");
    assertEquals([...dst.memory], [0, 0, 0]);
  });
});
