import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { LeakGroup } from "@mediamem/interface";
import { budgetText } from "./budget_text.ts";

const groups: LeakGroup[] = [400, 300, 20, 1, 1].map((bytes, at) => ({
  op: "av_malloc",
  site: at === 1 ? null : [`f${at} (/a.ts:1:2)`, "main (/a.ts:3:4)"],
  count: at + 1,
  bytes,
  oldest: 0,
}));

describe("budgetText()", () => {
  it("names the largest three and counts the rest", () => {
    assertEquals(
      budgetText(groups, 0, false),
      "; the largest holders: 400 bytes in 1 of av_malloc at f0 (/a.ts:1:2), 300 bytes in 2 of av_malloc, " +
        "20 bytes in 3 of av_malloc at f2 (/a.ts:1:2), 2 smaller holders",
    );
    assertEquals(
      budgetText(groups.slice(0, 1), 7, false),
      "; the largest holders: 400 bytes in 1 of av_malloc at f0 (/a.ts:1:2), 7 taken while tracing was off",
    );
  });

  it("says how to learn who holds what nothing is known of", () => {
    assertEquals(
      budgetText([], 7, true),
      '; held by 7 taken while tracing was off; set ledger.tracing = "sampled" to learn more',
    );
    assertEquals(budgetText([], 7, false), "; held by 7 taken while tracing was off");
  });

  it("says nothing where nobody holds anything", () => {
    assertEquals(budgetText([], 0, true), "");
  });
});
