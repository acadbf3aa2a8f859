import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { findLeaks } from "./leaks.ts";
import { NameTable } from "./name_table.ts";

describe("findLeaks()", () => {
  it("groups by name without its number, most bytes first", () => {
    const blocks = new NameTable<{ address: number; size: number; line: number }>();
    const add = (name: string, size: number, line: number, address = 64) =>
      blocks.add(name, { address, size, line });
    add("frame1", 100, 3);
    add("frame22", 300, 2);
    add("table", 250, 1);
    add("packet7", 10, 9);
    add("0x7f01", 1, 5);
    add("0x7fa", 2, 4);
    add("null", 0, 6, 0);
    const { count, bytes, groups } = findLeaks(blocks);
    assertEquals([count, bytes], [6, 663]);
    assertEquals(groups, [
      { name: "frame#", count: 2, bytes: 400, largest: 300, line: 2 },
      { name: "table", count: 1, bytes: 250, largest: 250, line: 1 },
      { name: "packet7", count: 1, bytes: 10, largest: 10, line: 9 },
      { name: "0x#", count: 2, bytes: 3, largest: 2, line: 4 },
    ]);
  });
});
