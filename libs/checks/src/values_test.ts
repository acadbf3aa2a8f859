import { describe, it } from "@std/testing/bdd";
import { assertThrows } from "@std/assert";
import { checkBoolean, checkFour, checkOptions, checkWord } from "@mediamem/checks";

describe("checkBoolean()", () => {
  it("takes no other value for true or false", () => {
    checkBoolean("op", "hasAlpha", true);
    checkBoolean("op", "hasAlpha", false);
    for (const value of [0, 1, "true", null, undefined]) {
      assertThrows(
        () => checkBoolean("op", "hasAlpha", value as unknown as boolean),
        TypeError,
        "hasAlpha is",
      );
    }
  });
});

describe("checkOptions()", () => {
  it("takes an object only", () => {
    checkOptions("op", {}, "{ timeout }");
    for (const options of [null, undefined, 5, "fast", () => {}]) {
      assertThrows(
        () => checkOptions("op", options as object, "{ timeout }"),
        TypeError,
        ", wanted { timeout }",
      );
    }
  });
});

describe("checkWord()", () => {
  it("takes the words only", () => {
    checkWord("op", "range", "tv", ["tv", "pc"]);
    assertThrows(
      () => checkWord("op", "range", "mpeg", ["tv", "pc"]),
      TypeError,
      '"mpeg", wanted one of tv, pc',
    );
    assertThrows(() => checkWord("op", "range", undefined as never, ["tv", "pc"]), TypeError, "undefined");
  });
});

describe("checkFour()", () => {
  it("wants an array of four", () => {
    checkFour("op", "linesizes", [1, 2, 3, 4]);
    for (const value of [[1, 2, 3], [1, 2, 3, 4, 5], null, new Uint8Array(4), "1234"]) {
      assertThrows(() => checkFour("op", "linesizes", value as number[]), TypeError, "linesizes is");
    }
  });
});
