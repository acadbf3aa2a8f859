import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { NameTable } from "./name_table.ts";

describe("NameTable", () => {
  it("knows what is there and what was there", () => {
    const table = new NameTable<number>();
    table.add("a", 1);
    table.add("b", 2);
    assertEquals([table.live("a"), table.gone("a"), table.live("c"), table.size], [
      1,
      undefined,
      undefined,
      2,
    ]);
    table.remove("a", 1);
    assertEquals([table.live("a"), table.gone("a"), table.size], [undefined, 1, 1]);
    table.add("a", 3);
    assertEquals([table.live("a"), [...table.entries()]], [3, [["b", 2], ["a", 3]]]);
  });

  it("remembers the last 65536 names that are gone, and no more than twice as many", () => {
    const table = new NameTable<number>();
    for (let i = 0; i < 300_000; i++) {
      table.add(`n${i}`, i);
      table.remove(`n${i}`, i);
    }
    assertEquals(table.gone("n299999"), 299_999);
    assertEquals(table.gone("n240000"), 240_000);
    assertEquals(table.gone("n100000"), undefined);
    assertEquals(table.size, 0);
  });
});
