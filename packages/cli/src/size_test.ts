import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { parseSize } from "./size.ts";
import { UsageError } from "./command_error.ts";

describe("parseSize()", () => {
  it("reads width and height", () => {
    assertEquals(parseSize("1920x1080"), { width: 1920, height: 1080 });
    assertEquals(parseSize("99X51"), { width: 99, height: 51 });
    assertEquals(parseSize("1x2147483647"), { width: 1, height: 2147483647 });
  });

  it("refuses what is no size, and says what is", () => {
    for (
      const text of ["", "12", "x", "12x", "x12", "1.5x3", "-1x3", "1x2x3", " 1x1", "1e3x1", "axb", "0x1Ax1"]
    ) {
      assertThrows(() => parseSize(text), UsageError, "wanted WIDTHxHEIGHT");
    }
    for (const text of ["0x0", "1x0", "2147483648x1", "9999999999x9999999999"]) {
      assertThrows(() => parseSize(text), UsageError, "wanted 1 to 2147483647");
    }
  });
});
