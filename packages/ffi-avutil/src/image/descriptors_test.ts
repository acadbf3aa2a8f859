import { describe } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { type AvutilMajor, MediaError, PIXEL_FORMAT_FLAG, type PixelFormatName } from "@mediamem/interface";
import { itUnless } from "@mediamem/testing";
import { testedAvutil } from "../tested_avutil.ts";

const { image, major, missing } = testedAvutil();
const it = itUnless(missing);

function codeOf(call: () => unknown): string {
  return assertThrows(call, MediaError).code;
}

describe("pixelFormat() of libavutil", () => {
  it("reads descriptors", () => {
    const { name, nbComponents, log2ChromaW, log2ChromaH, flags, comp, alias } = image.pixelFormat("nv12");
    assertEquals([name, nbComponents, log2ChromaW, log2ChromaH], ["nv12", 3, 1, 1]);
    assertEquals(flags, PIXEL_FORMAT_FLAG.PLANAR);
    assertEquals(comp[2], { plane: 1, step: 2, offset: 1, shift: 0, depth: 8 });
    assertEquals(comp[3].depth, 0);
    assertEquals(alias, []);
    assertEquals(image.pixelFormat("gray").alias, ["gray8", "y8"]);
  });

  it("takes every name that C takes", () => {
    const names = ["y8", "gray8,y8", "yuv420p10", "rgb32", "bgr32", "yuv420p10"];
    assertEquals(
      names.map((name) => image.pixelFormat(name).name as string),
      ["gray", "gray", "yuv420p10le", "bgra", "rgba", "yuv420p10le"],
    );
  });

  it("refuses other names and other types", () => {
    for (const name of ["", "none", "nosuch", "YUV420P", "yuv420p\0", "\0", "x".repeat(10_000)]) {
      assertEquals(codeOf(() => image.pixelFormat(name)), "EINVAL", name);
    }
    for (const name of [0, null, undefined, {}, ["nv12"]]) {
      assertThrows(() => image.pixelFormat(name as string), TypeError, "wanted the name");
    }
  });

  it("gives values that nobody can change", () => {
    const descriptor = image.pixelFormat("nv12");
    assert(
      Object.isFrozen(descriptor) && Object.isFrozen(descriptor.comp) && Object.isFrozen(descriptor.comp[0]),
    );
  });
});

describe("pixelFormats() of libavutil", () => {
  it("lists every format once, in the library's order", () => {
    const names = image.pixelFormats();
    assert(names.length > 150);
    assertEquals(new Set(names).size, names.length);
    assertEquals(
      [names[0], names[1], names[25]],
      ["yuv420p", "yuyv422", "nv21"].map((_, i) => image.pixelFormatByNumber([0, 1, 25][i]!).name),
    );
    for (const name of names) assertEquals(image.pixelFormat(name).name, name);
  });
});

describe("pixelFormatNumber() of libavutil", () => {
  it("is the inverse of pixelFormatByNumber()", () => {
    for (const name of image.pixelFormats()) {
      const number = image.pixelFormatNumber(name);
      assertEquals(image.pixelFormatByNumber(number).name, name);
      assertEquals(image.pixelFormatNumber(name, major as AvutilMajor), number);
    }
  });

  it("gives -1 for a format that the library does not have", () => {
    assertEquals(image.pixelFormatNumber("nosuch" as PixelFormatName), -1);
  });

  it("knows its own major only", () => {
    const other = major === 57 ? 58 : 57;
    assertEquals(codeOf(() => image.pixelFormatNumber("nv12", other)), "ENOSYS");
    assertEquals(codeOf(() => image.pixelFormatByNumber(0, other)), "ENOSYS");
    assertEquals(codeOf(() => image.pixelFormatNumber("nv12", 55 as AvutilMajor)), "EINVAL");
    assertThrows(() => image.pixelFormatNumber("nv12", 57.5 as AvutilMajor), TypeError);
  });

  it("refuses numbers that no format has", () => {
    for (const number of [-1, 100_000, 2147483647, -2147483648, 2 ** 31]) {
      assertEquals(codeOf(() => image.pixelFormatByNumber(number)), "EINVAL", String(number));
    }
    assertThrows(() => image.pixelFormatByNumber(0.5), TypeError);
  });
});

describe("the lookups of libavutil", () => {
  it("count planes", () => {
    const names = ["yuv420p", "nv12", "rgba", "pal8", "yuva420p", "cuda"] as const;
    assertEquals(names.map((name) => image.countPlanes(name)), [3, 2, 1, 1, 4, 0]);
  });

  it("count bits", () => {
    assertEquals([image.bitsPerPixel("nv12"), image.paddedBitsPerPixel("nv12")], [12, 12]);
    assertEquals([image.bitsPerPixel("p010le"), image.paddedBitsPerPixel("p010le")], [15, 24]);
    assertEquals([image.bitsPerPixel("0rgb"), image.paddedBitsPerPixel("0rgb")], [24, 32]);
  });

  it("give chroma shifts", () => {
    const names = ["yuv420p", "yuv422p", "yuv410p", "yuv440p", "rgba"] as const;
    assertEquals(names.map((name) => image.chromaSubSample(name)), [[1, 1], [1, 0], [2, 2], [0, 1], [0, 0]]);
  });

  it("swap the byte order", () => {
    assertEquals(image.swapEndianness("yuv420p10le"), "yuv420p10be");
    assertEquals(image.swapEndianness("rgb48be"), "rgb48le");
    assertEquals(image.swapEndianness("nv12"), null);
  });
});
