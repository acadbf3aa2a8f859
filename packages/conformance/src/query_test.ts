import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { ConformanceError } from "./conformance_error.ts";
import { parseQuery, wantedTests } from "./query.ts";
import { tinyArea } from "./tiny_area.ts";

const wanted = (text: string): string[] => wantedTests(tinyArea, parseQuery(text)).map(({ id }) => id);

describe("parseQuery()", () => {
  it("reads a test, all of its cases, and some of them", () => {
    for (const text of ["tiny/stride", "tiny/stride:*", "tiny/stride:"]) {
      assertEquals({ ...parseQuery(text), text: "" }, {
        text: "",
        test: "tiny/stride",
        prefix: false,
        parameters: new Map(),
      });
    }
    for (const text of ["tiny/stride:format=gray;width=3", "tiny/stride:format=gray;width=3;*"]) {
      assertEquals([...parseQuery(text).parameters], [["format", "gray"], ["width", 3]]);
    }
  });

  it("takes a star at the end of a JSON string as part of the string", () => {
    assertEquals([...parseQuery('tiny/x:a="b;*"').parameters], [["a", "b;*"]]);
  });
});

describe("wantedTests()", () => {
  it("takes a test by its whole id, and several by a star", () => {
    assertEquals(wanted("*").length, 4);
    assertEquals(wanted("tiny/*").length, 4);
    assertEquals(wanted("tiny/st*"), ["tiny/stride", "tiny/stack"]);
    assertEquals(wanted("tiny/stride"), ["tiny/stride"]);
    assertEquals(wanted("tiny/strid"), []);
    assertEquals(wanted("image/*"), []);
  });

  it("refuses a parameter that the test does not have", () => {
    assertThrows(
      () => wanted("tiny/stride:height=3"),
      ConformanceError,
      "found the parameter height, wanted format, width",
    );
    assertEquals(wanted("tiny/stack:name=empty"), ["tiny/stack"]);
    assertThrows(() => wanted("tiny/stack:width=3"), ConformanceError, "wanted name, seed, run, trace");
  });
});
