import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { formatCount, textTable, wrapText } from "./text_table.ts";

const columns = [{ title: "name" }, { title: "why", optional: 1 }, { title: "count", right: true }];
const rows = [["first", "a reason", "1"], ["another", "none", "12,345"]];

describe("textTable()", () => {
  it("aligns words left and numbers right", () => {
    assertEquals(textTable(columns, rows, 80), [
      "name     why        count",
      "first    a reason       1",
      "another  none      12,345",
    ]);
  });

  it("leaves out optional columns, then stacks, and stays inside the width", () => {
    assertEquals(textTable(columns, rows, 20), ["name      count", "first         1", "another  12,345"]);
    assertEquals(textTable(columns, rows, 10), ["name", " count", "first", "     1", "another", "12,345"]);
    assertEquals(textTable(columns, rows, 4), ["first", "  count 1", "another", "  count 12,345"]);
    for (let width = 7; width < 60; width++) {
      assert(textTable(columns, rows, width).every((line) => line.length <= width));
    }
  });
});

describe("wrapText()", () => {
  it("breaks between words", () => {
    assertEquals(wrapText("one two three four", 10, "  "), ["  one two", "  three", "  four"]);
    assertEquals(wrapText("incomprehensible it is", 10, ""), ["incomprehensible", "it is"]);
  });
});

describe("formatCount()", () => {
  it("groups by thousands", () => {
    assertEquals([0, 999, 1000, 1234567, 12345678].map(formatCount), [
      "0",
      "999",
      "1,000",
      "1,234,567",
      "12,345,678",
    ]);
  });
});
