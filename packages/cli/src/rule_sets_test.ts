import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { alignOf, RULE_SET_NAMES, ruleSet } from "./rule_sets.ts";
import { UsageError } from "./command_error.ts";

describe("ruleSet()", () => {
  it("has a default alignment for each", () => {
    assertEquals(RULE_SET_NAMES.map((name) => [name, alignOf(ruleSet(name, undefined))]), [
      ["ffmpeg", 1],
      ["ffmpegFrame", 0],
      ["gstreamer", 4],
      ["webcodecs", 1],
      ["webgpu", 256],
    ]);
  });

  it("takes an alignment where the rule set has one", () => {
    assertEquals(ruleSet("ffmpeg", 16), { name: "ffmpeg", align: 16 });
    assertEquals(ruleSet("ffmpegFrame", 64), { name: "ffmpegFrame", align: 64 });
    assertEquals(ruleSet("webgpu", 512), { name: "webgpu", align: 512 });
    assertThrows(() => ruleSet("gstreamer", 4), UsageError, "--align 4 with --rules gstreamer");
    assertThrows(() => ruleSet("webcodecs", 1), UsageError, "--align 1 with --rules webcodecs");
  });

  it("reports a layout that was put together by hand as packed", () => {
    assertEquals(alignOf({ name: "custom" }), 1);
  });
});
