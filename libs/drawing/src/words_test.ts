import type { ComponentDescriptor, PixelFormatDescriptor } from "@mediamem/interface";
import { PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { bytes, planeContent, ruleSetInWords, xmlText } from "./words.ts";

function descriptor(flags: number, places: readonly (readonly [number, number])[]): PixelFormatDescriptor {
  const at = (i: number): ComponentDescriptor => ({
    plane: places[i]?.[0] ?? 0,
    step: 1,
    offset: places[i]?.[1] ?? 0,
    shift: 0,
    depth: 8,
  });
  return {
    name: "yuv420p",
    nbComponents: places.length,
    log2ChromaW: 0,
    log2ChromaH: 0,
    flags,
    comp: [at(0), at(1), at(2), at(3)],
    alias: [],
  };
}

describe("planeContent()", () => {
  const { PLANAR, RGB, PAL, BAYER, XYZ } = PIXEL_FORMAT_FLAG;
  const contents = (format: PixelFormatDescriptor) =>
    [0, 1, 2, 3].map((plane) => planeContent(format, plane));

  it("names the components of each plane in the order of memory", () => {
    assertEquals(contents(descriptor(PLANAR, [[0, 0], [1, 0], [2, 0]])), ["Y", "U", "V", ""]);
    assertEquals(contents(descriptor(PLANAR, [[0, 0], [1, 1], [1, 0]])), ["Y", "V U", "", ""]);
    assertEquals(contents(descriptor(RGB, [[0, 2], [0, 1], [0, 0], [0, 3]])), ["B G R A", "", "", ""]);
    assertEquals(contents(descriptor(RGB | PLANAR, [[2, 0], [0, 0], [1, 0]])), ["G", "B", "R", ""]);
    assertEquals(contents(descriptor(XYZ, [[0, 0], [0, 2], [0, 4]])), ["X Y Z", "", "", ""]);
    assertEquals(contents(descriptor(0, [[0, 0], [0, 1]])), ["Y A", "", "", ""]);
  });

  it("has its own words for palettes and mosaics", () => {
    assertEquals(contents(descriptor(PAL, [[0, 0]])).slice(0, 2), ["palette indices", "palette"]);
    assertEquals(planeContent(descriptor(BAYER | RGB, [[0, 0], [0, 0], [0, 0]]), 0), "colour mosaic");
    assertEquals(planeContent(undefined, 0), "");
  });
});

describe("ruleSetInWords()", () => {
  it("names every rule set with its parameters", () => {
    const alignment = {
      paddingTop: 1,
      paddingBottom: 3,
      paddingLeft: 4,
      paddingRight: 2,
      strideAlign: [15, 15, 15, 0],
    } as const;
    assertEquals(
      [
        ruleSetInWords({ name: "ffmpeg", align: 16 }),
        ruleSetInWords({ name: "ffmpegFrame", align: 0 }),
        ruleSetInWords({ name: "ffmpegFrame", align: 64, major: 57 }),
        ruleSetInWords({ name: "ffmpegFrame", align: 0, major: 59, buildAlign: 32 }),
        ruleSetInWords({ name: "gstreamer" }),
        ruleSetInWords({ name: "gstreamer", alignment }),
        ruleSetInWords({ name: "webcodecs" }),
        ruleSetInWords({ name: "webgpu", align: 256 }),
        ruleSetInWords({ name: "custom" }),
      ],
      [
        "ffmpeg, align 16",
        "ffmpegFrame, align 0 (the library chooses)",
        "ffmpegFrame of libavutil 57, align 64",
        "ffmpegFrame of libavutil 59 built to align for 32, align 0 (the library chooses)",
        "gstreamer",
        "gstreamer, padding 1/2/3/4, stride masks 15/15/15/0",
        "webcodecs",
        "webgpu, align 256",
        "custom",
      ],
    );
  });
});

describe("xmlText()", () => {
  it("replaces what XML cannot hold and leaves the rest", () => {
    assertEquals(xmlText("a\u0000b\u001Fc\uD800d\uFFFFe"), "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    assertEquals(xmlText("x ]]> y"), "x ]] > y");
    assertEquals(xmlText("<&\"'> \t\n é 😀"), "<&\"'> \t\n é 😀");
  });
});

describe("bytes()", () => {
  it("says one byte and many bytes", () => {
    assertEquals([0, 1, 2].map(bytes), ["0 bytes", "1 byte", "2 bytes"]);
  });
});
