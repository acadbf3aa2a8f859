import { createCore } from "@mediamem/core-ts";
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatHistory } from "./format_history.ts";

describe("formatHistory()", () => {
  using core = createCore();

  it("is empty for a format that never changed", () => {
    for (const format of ["yuv420p", "nv12", "p010le", "rgb24"] as const) {
      assertEquals(formatHistory(core, format), []);
    }
  });

  it("names the majors that describe a format otherwise, and how", () => {
    const [components, ...others] = formatHistory(core, "rgb8");
    assertEquals(components!.majors, "56-58");
    assertStringIncludes(components!.reason, "rgb8");
    assertEquals(others, []);
    assertEquals(formatHistory(core, "gray").map(({ majors }) => majors), ["56"]);
    assertEquals(formatHistory(core, "xyz12le").map(({ majors }) => majors), ["56-58"]);
  });

  it("leaves out majors that do not have the format", () => {
    assertEquals(formatHistory(core, "x2bgr10le").map(({ majors }) => majors), ["57-59"]);
    assertEquals(formatHistory(core, "vuyx").map(({ majors }) => majors), ["58-59"]);
  });
});
