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
    const figure = { name: "fragmentation", by: "core-ts", value: 7, unit: "%" as const };
    assertEquals(
      mergeRuns([
        { runtime: "bun", results: [result("a")], figures: [] },
        { runtime: "deno", results: [result("a")], figures: [] },
        { runtime: "bun", results: [result("b")], figures: [figure] },
      ]),
      [
        { runtime: "bun", results: [result("a"), result("b")], figures: [figure] },
        { runtime: "deno", results: [result("a")], figures: [] },
      ],
    );
  });
});
