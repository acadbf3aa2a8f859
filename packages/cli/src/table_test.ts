import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { type Column, table } from "./table.ts";

interface Row {
  readonly name: string;
  readonly bits: number;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { head: "name", value: (row) => row.name },
  { head: "bits", value: (row) => String(row.bits), align: "right", drop: 1 },
  { head: "note", value: (row) => row.note, drop: 2 },
];
const ROWS: readonly Row[] = [
  { name: "yuv420p", bits: 12, note: "planar" },
  { name: "gray", bits: 8, note: "" },
];
const plain = (text: string): string => text;

describe("table()", () => {
  it("lines columns up, numbers to the right, without blanks at the ends of lines", () => {
    assertEquals(
      table(COLUMNS, ROWS, Infinity, plain),
      "name     bits  note\nyuv420p    12  planar\ngray        8\n",
    );
  });

  it("drops columns where the terminal is too narrow, the least important first", () => {
    assertEquals(
      table(COLUMNS, ROWS, 21, plain),
      "name     bits  note\nyuv420p    12  planar\ngray        8\n",
    );
    assertEquals(table(COLUMNS, ROWS, 20, plain), "name     bits\nyuv420p    12\ngray        8\n");
    assertEquals(table(COLUMNS, ROWS, 12, plain), "name\nyuv420p\ngray\n");
  });

  it("folds rows into blocks where not even the columns that must stay fit", () => {
    assertEquals(
      table(COLUMNS, ROWS, 6, plain),
      "name: yuv420p\nbits: 12\nnote: planar\n\nname: gray\nbits: 8\nnote: \n",
    );
  });

  it("keeps every line within the width that it was given", () => {
    for (let width = 7; width < 40; width++) {
      for (const line of table(COLUMNS, ROWS, width, plain).split("\n")) assert(line.length <= width, line);
    }
  });

  it("is a line of heads where there are no rows", () => {
    assertEquals(table(COLUMNS, [], 80, plain), "name  bits  note\n");
  });
});
