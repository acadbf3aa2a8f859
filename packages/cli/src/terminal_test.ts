import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { canRewrite, columnsOf, wantsColour, wantsUnicode } from "./terminal.ts";

describe("wantsColour()", () => {
  it("colours terminals only, unless it is told otherwise", () => {
    assertEquals(wantsColour({}, true), true);
    assertEquals(wantsColour({}, false), false);
    assertEquals(wantsColour({ TERM: "dumb" }, true), false);
    assertEquals(wantsColour({ FORCE_COLOR: "1" }, false), true);
    assertEquals(wantsColour({ FORCE_COLOR: "0" }, true), false);
    assertEquals(wantsColour({ FORCE_COLOR: "" }, true), true);
    assertEquals(wantsColour({ NO_COLOR: "1" }, true), false);
    assertEquals(wantsColour({ NO_COLOR: "" }, true), true);
    assertEquals(wantsColour({ NO_COLOR: "1", FORCE_COLOR: "1" }, true), false);
  });
});

describe("columnsOf()", () => {
  it("takes COLUMNS, then the terminal, then no limit", () => {
    assertEquals(columnsOf({ COLUMNS: "40" }, 100), 40);
    assertEquals(columnsOf({}, 100), 100);
    assertEquals(columnsOf({}, undefined), Infinity);
    for (const COLUMNS of ["", "0", "-3", "wide", "1.5"]) assertEquals(columnsOf({ COLUMNS }, 100), 100);
    assertEquals(columnsOf({}, 0), Infinity);
  });
});

describe("canRewrite()", () => {
  it("is for terminals whose cursor can go back", () => {
    assertEquals(canRewrite({ TERM: "xterm" }, true), true);
    assertEquals(canRewrite({}, true), true);
    assertEquals(canRewrite({ TERM: "xterm" }, false), false);
    assertEquals(canRewrite({ TERM: "dumb" }, true), false);
  });
});

describe("wantsUnicode()", () => {
  it("is for coloured output of a UTF-8 locale", () => {
    assertEquals(wantsUnicode({ LANG: "en_US.UTF-8" }, true), true);
    assertEquals(wantsUnicode({ LC_ALL: "C.utf8" }, true), true);
    assertEquals(wantsUnicode({ LC_ALL: "", LANG: "C.UTF-8" }, true), true);
    assertEquals(wantsUnicode({ LC_ALL: "C", LANG: "C.UTF-8" }, true), false);
    assertEquals(wantsUnicode({}, true), false);
    assertEquals(wantsUnicode({ LANG: "en_US.UTF-8" }, false), false);
  });
});
