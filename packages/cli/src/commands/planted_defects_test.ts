import type { SelfTestReport } from "@mediamem/conformance";
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../command_error.ts";
import { recordingTerminal } from "../recording_terminal.ts";
import { printSelfTest, selfTestCommand } from "./planted_defects.ts";

const MISSED: SelfTestReport = {
  area: "image",
  defects: [{
    id: "image/chroma-floor",
    description: "Chroma is rounded down",
    difference: null,
    small: false,
  }],
  failures: ["image/chroma-floor was not found: Chroma is rounded down"],
};

describe("printSelfTest()", () => {
  it("names a defect that got through", () => {
    const terminal = recordingTerminal();
    assertEquals(printSelfTest(MISSED, terminal), true);
    assertMatch(terminal.outText(), /^image\/chroma-floor +nothing +Chroma is rounded down$/m);
    assertStringIncludes(terminal.outText(), "image: 0 of 1 planted defects found\n");
    assertEquals(terminal.errText(), "mediamem: image/chroma-floor was not found: Chroma is rounded down\n");
  });

  it("is content where all are found", () => {
    const terminal = recordingTerminal();
    assertEquals(printSelfTest({ area: "image", defects: [], failures: [] }, terminal), false);
    assertEquals(terminal.errText(), "");
  });
});

describe("selfTestCommand()", () => {
  it("refuses an area that there is not", async () => {
    await assertRejects(() => selfTestCommand({ area: "sound" }, recordingTerminal()), UsageError, "sound");
  });
});
