import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { judge } from "./judge.ts";

const bun = {
  runtime: "bun",
  results: [
    { name: "bufferSize", by: "core-ts", nanoseconds: 5 },
    { name: "bufferSize", by: "ffi", nanoseconds: 25 },
  ],
};
const c = { runtime: "c", results: [{ name: "bufferSize", by: "C", nanoseconds: 18 }] };

describe("judge()", () => {
  it("takes ratios within a runtime and against C", () => {
    const goals = [
      { name: "bufferSize", of: "core-ts", against: "ffi", fasterBy: 4 },
      { name: "bufferSize", of: "core-ts", against: "C", fasterBy: 4 },
    ];
    assertEquals(judge(goals, [bun, c]).map(({ found, met }) => [found, met]), [["x5.00", true], [
      "x3.60",
      false,
    ]]);
  });

  it("gives no verdict on what was not measured", () => {
    assertEquals(judge([{ name: "bufferSize", of: "core-ts", against: "C", fasterBy: 1 }], [bun]), []);
  });

  it("takes ceilings", () => {
    const goals = [{ name: "bufferSize", of: "core-ts", below: 5 }, {
      name: "bufferSize",
      of: "core-ts",
      below: 6,
    }];
    assertEquals(judge(goals, [bun]).map(({ met }) => met), [false, true]);
  });
});
