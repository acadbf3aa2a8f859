import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { ffmpeg, ffmpegFrame, gstreamer, webcodecs, webgpu } from "./rules.ts";

describe("the makers of rule sets", () => {
  it("give plain values with the field's defaults", () => {
    assertEquals(ffmpeg(), { name: "ffmpeg", align: 1 });
    assertEquals(ffmpegFrame(), { name: "ffmpegFrame", align: 0 });
    assertEquals(ffmpegFrame(32, 57, 32), { name: "ffmpegFrame", align: 32, major: 57, buildAlign: 32 });
    assertEquals(gstreamer(), { name: "gstreamer" });
    assertEquals(gstreamer({ paddingLeft: 2 }), {
      name: "gstreamer",
      alignment: {
        paddingTop: 0,
        paddingBottom: 0,
        paddingLeft: 2,
        paddingRight: 0,
        strideAlign: [0, 0, 0, 0],
      },
    });
    assertEquals(webcodecs, { name: "webcodecs" });
    assertEquals(webgpu(), { name: "webgpu", align: 256 });
  });

  it("refuse numbers that nothing follows at once", () => {
    assertEquals(assertThrows(() => ffmpeg(24), MediaError, "align is 24").code, "EINVAL");
    assertThrows(() => ffmpegFrame(-1), MediaError, "align is -1");
    assertThrows(() => ffmpegFrame(0, 55 as 56), MediaError, "major is 55");
    assertThrows(() => gstreamer({ strideAlign: [16, 0, 0, 0] }), MediaError, "strideAlign[0] is 16");
    assertThrows(() => webgpu(64), MediaError, "align is 64");
    assertThrows(() => ffmpeg(1.5), TypeError, "align is 1.5");
  });
});
