import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { MediaError } from "@mediamem/interface";
import { checkSignal, checkTimeout } from "@mediamem/checks";

describe("checkTimeout()", () => {
  it("takes 0 to what setTimeout can wait, and Infinity", () => {
    for (const timeout of [0, 0.5, 1, 2147483647, Infinity]) checkTimeout("get", timeout);
    for (const timeout of [-1, 2147483648, -Infinity]) {
      assertEquals(
        assertThrows(() => checkTimeout("get", timeout), MediaError, `timeout is ${timeout}`).code,
        "EINVAL",
      );
    }
    for (const timeout of [NaN, "1", null, 1n]) {
      assertThrows(() => checkTimeout("get", timeout as number), TypeError, "wanted milliseconds");
    }
  });
});

describe("checkSignal()", () => {
  it("takes a signal or none", () => {
    checkSignal("get", undefined);
    checkSignal("get", new AbortController().signal);
    assertThrows(() => checkSignal("get", {} as AbortSignal), TypeError, "signal is Object");
  });
});
