import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { parseInteger } from "./integer.ts";
import { UsageError } from "./command_error.ts";

describe("parseInteger()", () => {
  it("reads integers in a range", () => {
    assertEquals(["0", "16", "+3", "007"].map((text) => parseInteger("--align", text, 0, 512)), [
      0,
      16,
      3,
      7,
    ]);
    assertEquals(parseInteger("--seed", "-5", -10, 10), -5);
  });

  it("refuses everything else and names the flag", () => {
    for (const text of ["", " 1", "1.5", "1e2", "0x10", "abc", "513", "-1", "NaN", "9".repeat(30)]) {
      assertThrows(() => parseInteger("--align", text, 0, 512), UsageError, "Cannot use --align");
    }
  });
});
