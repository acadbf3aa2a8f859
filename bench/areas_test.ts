import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { mergeRuns } from "./areas.ts";

describe("mergeRuns()", () => {
  it("makes one run of each runtime's areas", () => {
    const result = (name: string): { name: string; by: string; nanoseconds: number } => ({
      name,
      by: "core-ts",
      nanoseconds: 1,
    });
    const share = { name: "fragmentation", by: "core-ts", percent: 7 };
    assertEquals(
      mergeRuns([
        { runtime: "bun", results: [result("a")], shares: [] },
        { runtime: "deno", results: [result("a")], shares: [] },
        { runtime: "bun", results: [result("b")], shares: [share] },
      ]),
      [
        { runtime: "bun", results: [result("a"), result("b")], shares: [share] },
        { runtime: "deno", results: [result("a")], shares: [] },
      ],
    );
  });
});
