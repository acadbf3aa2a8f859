import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import type { RuleSet } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { checkAlign, checkRules } from "@mediamem/checks";

const alignment = {
  paddingTop: 0,
  paddingBottom: 1,
  paddingLeft: 2,
  paddingRight: 3,
  strideAlign: [0, 1, 15, 4294967295] as const,
};

describe("checkAlign()", () => {
  it("takes every power of two that an int holds", () => {
    for (let bit = 0; bit <= 30; bit++) checkAlign("op", 2 ** bit);
  });

  it("refuses what is between, below and above", () => {
    for (const align of [0, -1, -2147483648, 3, 6, 48, 2147483647, 2147483648, 4294967296]) {
      assertEquals(assertThrows(() => checkAlign("op", align), MediaError, String(align)).code, "EINVAL");
    }
    for (const align of [1.5, NaN, Infinity, "2", null, undefined, 2n]) {
      assertThrows(() => checkAlign("op", align as number), TypeError, "align is");
    }
  });
});

describe("checkRules()", () => {
  it("gives the call that each rule set describes", () => {
    const rules: RuleSet[] = [
      { name: "ffmpeg", align: 1 },
      { name: "ffmpegFrame", align: 0 },
      { name: "ffmpegFrame", align: 64, major: 56, buildAlign: 32 },
      { name: "gstreamer" },
      { name: "gstreamer", alignment },
      { name: "webcodecs" },
      { name: "webgpu", align: 512 },
      { name: "custom" },
    ];
    assertEquals(rules.map((rule) => checkRules(rule)), [
      "av_image_fill_arrays",
      "av_frame_get_buffer",
      "av_frame_get_buffer",
      "gst_video_info_set_format",
      "gst_video_info_set_format",
      "VideoFrame.copyTo",
      "GPUQueue.writeTexture",
      "customLayout",
    ]);
  });

  it("throws a TypeError for what is no rule set", () => {
    for (const rules of [undefined, null, 1, "ffmpeg", {}, [], { name: "libav" }, { name: "toString" }]) {
      assertThrows(() => checkRules(rules as RuleSet), TypeError, "Cannot lay out a picture");
    }
    for (
      const rules of [
        { name: "ffmpeg" },
        { name: "ffmpeg", align: 1.5 },
        { name: "ffmpegFrame" },
        { name: "ffmpegFrame", align: 0, major: "57" },
        { name: "ffmpegFrame", align: 0, buildAlign: null },
        { name: "gstreamer", alignment: 15 },
        { name: "gstreamer", alignment: { ...alignment, strideAlign: 15 } },
        { name: "gstreamer", alignment: { ...alignment, strideAlign: [15] } },
        { name: "gstreamer", alignment: { ...alignment, paddingTop: 0.5 } },
        { name: "webgpu", align: "256" },
        { name: ["ffmpeg"], align: 1 },
        { name: "toString" },
      ]
    ) assertThrows(() => checkRules(rules as unknown as RuleSet), TypeError);
  });

  it("throws EINVAL for numbers that nothing follows", () => {
    for (
      const rules of [
        { name: "ffmpeg", align: 0 },
        { name: "ffmpeg", align: 24 },
        { name: "ffmpegFrame", align: -1 },
        { name: "ffmpegFrame", align: 0, major: 55 },
        { name: "ffmpegFrame", align: 0, buildAlign: 16 },
        { name: "gstreamer", alignment: { ...alignment, paddingLeft: -1 } },
        { name: "gstreamer", alignment: { ...alignment, paddingRight: 2147483648 } },
        { name: "gstreamer", alignment: { ...alignment, strideAlign: [0, 0, 0, 16] } },
        { name: "gstreamer", alignment: { ...alignment, strideAlign: [0, 0, -1, 0] } },
        { name: "webgpu", align: 0 },
        { name: "webgpu", align: 128 },
        { name: "webgpu", align: -256 },
      ]
    ) assertEquals(assertThrows(() => checkRules(rules as RuleSet), MediaError).code, "EINVAL");
  });
});
