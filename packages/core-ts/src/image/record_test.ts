import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { findFormat, FORMAT_RECORDS, majorIndex } from "./record.ts";

describe("findFormat()", () => {
  it("finds every format by its own name", () => {
    for (const format of FORMAT_RECORDS) assertEquals(findFormat("op", format.name), format);
  });

  it("takes aliases without regard to case, names only as they are", () => {
    for (const name of ["gray", "gray8", "y8", "Y8", "GRAY8", "gray8,y8", "gray8,y"]) {
      assertEquals(findFormat("op", name).name, "gray");
    }
    assertEquals(findFormat("op", "Y10").name, "gray10le");
    assertEquals(findFormat("op", "gray8A").name, "ya8");
    for (const name of ["GRAY", "YUV420P", "y8,", "gray8,y8,", "RGB32"]) {
      assertThrows(() => findFormat("op", name), MediaError, JSON.stringify(name));
    }
  });

  it("takes native-endian short forms", () => {
    assertEquals(findFormat("op", "yuv420p10").name, "yuv420p10le");
    assertEquals(findFormat("op", "yf32").name, "grayf32le");
    assertEquals(findFormat("op", "rgb32").name, "bgra");
    assertEquals(findFormat("op", "bgr32").name, "rgba");
  });

  it("refuses unknown names and what is no text", () => {
    for (const name of ["", "nv13", "yuv420p ", "toString", "__proto__"]) {
      const error = assertThrows(() => findFormat("av_x", name), MediaError);
      assertEquals([error.code, error.op, error.averror], ["EINVAL", "av_x", -22]);
    }
    for (const name of [null, undefined, 0, {}, Symbol.iterator]) {
      assertThrows(() => findFormat("av_x", name as unknown as string), TypeError, "wanted the name");
    }
  });

  it("does not remember a refused name", () => {
    assertEquals(findFormat("op", "nv12").name, "nv12");
    assertThrows(() => findFormat("op", "nv13"), MediaError);
    assertEquals(findFormat("op", "nv12").name, "nv12");
  });
});

describe("FORMAT_RECORDS", () => {
  it("agrees with itself", () => {
    for (const format of FORMAT_RECORDS) {
      const { descriptor, step, shiftW } = format;
      assertEquals([format.step0, format.step1, format.step2, format.step3], [...step]);
      assertEquals([format.shiftW0, format.shiftW1, format.shiftW2, format.shiftW3], [...shiftW]);
      assertEquals(step.filter((bytes) => bytes > 0).length, format.planes, format.name);
      assertEquals(format.hwaccel, descriptor.nbComponents === 0, format.name);
      assertEquals(format.bitstream, (format.flags & PIXEL_FORMAT_FLAG.BITSTREAM) !== 0);
    }
  });

  it("has steps below the limit that the fast way of linesizes() relies on", () => {
    for (const { step } of FORMAT_RECORDS) for (const size of step) assertEquals(size < 128, true);
  });
});

describe("majorIndex()", () => {
  it("knows 56 to 60", () => {
    assertEquals([56, 57, 58, 59, 60].map((major) => majorIndex("op", major as 56)), [0, 1, 2, 3, 4]);
    assertThrows(() => majorIndex("op", 61 as 60), MediaError, "61");
  });
});
