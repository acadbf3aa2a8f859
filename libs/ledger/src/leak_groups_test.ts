import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { groupEntries } from "./leak_groups.ts";
import { LiveEntry } from "./ledger_entry.ts";

const here = ["f (/a.ts:1:2)"];
const there = ["g (/a.ts:3:4)"];

describe("groupEntries()", () => {
  it("puts one call at one place together, most bytes first, then most in number", () => {
    const groups = groupEntries([
      new LiveEntry("av_malloc", 5, 0, 1000, here),
      new LiveEntry("av_malloc", 5, 1, 900, [...here]),
      new LiveEntry("av_malloc", 3, 2, 1000, there),
      new LiveEntry("av_calloc", 12, 3, 990, here),
      new LiveEntry("av_malloc", 10, 4, 2000, null),
    ], 1001);
    assertEquals(groups, [
      { op: "av_calloc", site: here, count: 1, bytes: 12, oldest: 11 },
      { op: "av_malloc", site: here, count: 2, bytes: 10, oldest: 101 },
      // Younger than now: the clock was set back.
      { op: "av_malloc", site: null, count: 1, bytes: 10, oldest: 0 },
      { op: "av_malloc", site: there, count: 1, bytes: 3, oldest: 1 },
    ]);
  });

  it("gives none for none", () => {
    assertEquals(groupEntries([], 0), []);
  });
});
