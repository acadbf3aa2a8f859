import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { judge } from "./judge.ts";

const bun = {
  runtime: "bun",
  results: [
    { name: "bufferSize", by: "core-ts", nanoseconds: 5 },
    { name: "bufferSize", by: "ffi", nanoseconds: 25 },
    { name: "a large bufferSize", by: "core-ts", nanoseconds: 20 },
  ],
  figures: [{ name: "holes", by: "core-ts", value: 15, unit: "%" as const }],
};
const c = { runtime: "c", results: [{ name: "bufferSize", by: "C", nanoseconds: 18 }], figures: [] };

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

  it("takes ratios to other work of the same", () => {
    const goal = { name: "a large bufferSize", of: "core-ts", than: "bufferSize" };
    const verdicts = judge([{ ...goal, atMost: 4 }, { ...goal, atMost: 3.9 }], [bun]);
    assertEquals(verdicts.map(({ found, met }) => [found, met]), [["x4.00", true], ["x4.00", false]]);
  });

  it("takes ceilings of what is no time", () => {
    const goal = { name: "holes", of: "core-ts" };
    const verdicts = judge([{ ...goal, under: 15.1 }, { ...goal, under: 15 }], [bun]);
    assertEquals(verdicts.map(({ found, met }) => [found, met]), [["15.0 %", true], ["15.0 %", false]]);
  });
});
