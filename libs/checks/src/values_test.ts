import { describe, it } from "@std/testing/bdd";
import { assertThrows } from "@std/assert";
import { checkBoolean, checkFour, checkWord } from "@mediamem/checks";

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
