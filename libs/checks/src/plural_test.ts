import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { plural } from "@mediamem/checks";

describe("plural()", () => {
  it("has an s for all but one", () => {
    assertEquals([0, 1, 2].map((count) => plural(count, "byte")), ["0 bytes", "1 byte", "2 bytes"]);
  });
});
