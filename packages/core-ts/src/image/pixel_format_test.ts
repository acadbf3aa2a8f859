import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import type { AvutilMajor } from "@mediamem/interface";
import { AVUTIL_MAJORS, MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import {
  pixelFormat,
  pixelFormatByNumber,
  pixelFormatDescriptorIn,
  pixelFormatMajors,
  pixelFormatNumber,
  pixelFormats,
} from "@mediamem/core-ts/image";

describe("pixelFormats()", () => {
  it("lists every format once, the newest major's order first", () => {
    const names = pixelFormats();
    assertEquals(names.length, 271);
    assertEquals(new Set(names).size, names.length);
    assertEquals(names.slice(-5), ["ohcodec", "xvmc", "vaapi_moco", "vaapi_idct", "vaapi_vld"]);
    assertEquals(names.slice(0, 267).map((name) => pixelFormatNumber(name)), [...Array(267).keys()]);
  });

  it("cannot be changed by a caller", () => {
    assertThrows(() => (pixelFormats() as string[]).push("mine"), TypeError);
    assertThrows(() => ((pixelFormat("nv12").comp[0] as { step: number }).step = 9), TypeError);
  });
});

describe("pixelFormat()", () => {
  it("describes planar, packed and palette formats", () => {
    const { nbComponents, log2ChromaW, log2ChromaH, flags } = pixelFormat("yuv420p10le");
    assertEquals([nbComponents, log2ChromaW, log2ChromaH, flags], [3, 1, 1, PIXEL_FORMAT_FLAG.PLANAR]);
    assertEquals(pixelFormat("rgb565be").comp[0], { plane: 0, step: 2, offset: -1, shift: 3, depth: 5 });
    assertEquals(pixelFormat("pal8").flags, PIXEL_FORMAT_FLAG.PAL | PIXEL_FORMAT_FLAG.ALPHA);
    assertEquals(pixelFormat("gray").alias, ["gray8", "y8"]);
    assertEquals(pixelFormat("cuda").nbComponents, 0);
  });

  it("refuses unknown names", () => {
    const error = assertThrows(() => pixelFormat("yuv420"), MediaError, '"yuv420"');
    assertEquals([error.code, error.op, error.averror], ["EINVAL", "av_get_pix_fmt", -22]);
    assertThrows(() => pixelFormat(7 as unknown as string), TypeError, "7");
  });
});

describe("pixelFormatNumber()", () => {
  it("gives the number of each major", () => {
    const numbers = (name: "yuv420p10le" | "p010le" | "vulkan" | "xv30le" | "vaapi") =>
      AVUTIL_MAJORS.map((major) => pixelFormatNumber(name, major));
    assertEquals(numbers("yuv420p10le"), [64, 62, 62, 62, 62]);
    assertEquals(numbers("p010le"), [161, 159, 159, 158, 158]);
    assertEquals(numbers("vulkan"), [193, 191, 191, 190, 190]);
    assertEquals(numbers("xv30le"), [-1, -1, 215, 214, 214]);
    assertEquals(numbers("vaapi"), [46, 44, 44, 44, 44]);
  });

  it("refuses majors that nobody supports", () => {
    for (const major of [55, 61]) {
      const error = assertThrows(() => pixelFormatNumber("nv12", major as AvutilMajor), MediaError);
      assertEquals(error.code, "EINVAL");
    }
    for (const major of [NaN, 57.5, "57", null, [57]]) {
      assertThrows(() => pixelFormatNumber("nv12", major as AvutilMajor), TypeError, "wanted a safe integer");
    }
  });
});

describe("pixelFormatByNumber()", () => {
  it("is the inverse of pixelFormatNumber(), in every major", () => {
    for (const major of AVUTIL_MAJORS) {
      for (const name of pixelFormats().filter((name) => pixelFormatMajors(name).includes(major))) {
        assertEquals(pixelFormatByNumber(pixelFormatNumber(name, major), major).name, name);
      }
    }
  });

  it("refuses numbers that the major does not have", () => {
    for (const [number, major] of [[-1, 60], [267, 60], [206, 57], [2147483648, 60]] as const) {
      const error = assertThrows(() => pixelFormatByNumber(number, major), MediaError);
      assertEquals([error.code, error.op], ["EINVAL", "av_pix_fmt_desc_get"]);
    }
    assertThrows(() => pixelFormatByNumber(0.5), TypeError, "0.5");
  });
});

describe("pixelFormatMajors()", () => {
  it("tells which majors have a format", () => {
    assertEquals(pixelFormatMajors("yuv420p"), [56, 57, 58, 59, 60]);
    assertEquals(pixelFormatMajors("vaapi"), [57, 58, 59, 60]);
    assertEquals(pixelFormatMajors("vaapi_vld"), [56]);
    assertEquals(pixelFormatMajors("amf"), [60]);
  });
});

describe("pixelFormatDescriptorIn()", () => {
  it("gives what an older major said", () => {
    assert(pixelFormatDescriptorIn("gray", 56).flags === PIXEL_FORMAT_FLAG.PSEUDOPAL);
    assertEquals(pixelFormatDescriptorIn("xyz12le", 58).flags, 0);
    assertEquals(pixelFormatDescriptorIn("xyz12le", 59).flags, PIXEL_FORMAT_FLAG.XYZ);
    assertEquals(pixelFormatDescriptorIn("rgb0", 59).comp[3].depth, 0);
    assertEquals(pixelFormatDescriptorIn("rgb0", 60).comp[3].depth, 8);
    assertEquals(pixelFormatDescriptorIn("gray", 56).alias, ["gray8", "y8"]);
  });

  it("is the newest one where nothing changed", () => {
    assertEquals(pixelFormatDescriptorIn("yuv420p", 56), pixelFormat("yuv420p"));
    for (const name of pixelFormats()) {
      const newest = pixelFormatMajors(name).at(-1)!;
      assertEquals(pixelFormatDescriptorIn(name, newest), pixelFormat(name));
    }
  });

  it("refuses a format that the major does not have", () => {
    assertThrows(() => pixelFormatDescriptorIn("amf", 59), MediaError, "libavutil 59 has no amf");
  });
});
