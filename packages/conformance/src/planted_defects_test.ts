import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import type { Backend } from "@mediamem/interface";
import type { Area, Defect } from "./model.ts";
import { selfTest } from "./planted_defects.ts";
import { LiveSubject } from "./subject.ts";
import { tinyArea, tinyBackend } from "./tiny_area.ts";
import type { Tiny, TinyBackend } from "./tiny_area.ts";

function defect(name: string, change: (right: Tiny) => Partial<Tiny>): Defect {
  return {
    id: `tiny/${name}`,
    description: `The ${name} is wrong.`,
    wrap: (backend: Backend): Backend => {
      const { tiny } = backend as TinyBackend;
      return { ...backend, tiny: { ...tiny, ...change(tiny) } } as Backend;
    },
  };
}

const found: readonly Defect[] = [
  defect("rounding", ({ stride }) => ({
    stride: (format, width, align) =>
      format === "p010le" ? Math.floor(2 * width / align) * align : stride(format, width, align),
  })),
  defect("code", () => ({
    check() {
      throw new RangeError("Out");
    },
  })),
  defect("stack", ({ stack }) => ({
    stack: () => ({ ...stack(), pop: () => 0 }),
  })),
];
const missed = defect(
  "distance",
  ({ stride }) => ({ stride: (f, width, align) => stride(f, width, align) + (width > 5000 ? 1 : 0) }),
);
const area = (defects: readonly Defect[]): Area => ({ ...tinyArea, defects });
const library = new LiveSubject(tinyBackend({}, "2.0.0"));

describe("selfTest()", () => {
  it("finds each planted defect and shows the smallest case", () => {
    const { defects, failures } = selfTest(area(found), tinyBackend(), library);
    assertEquals(failures, []);
    assertEquals(defects.map(({ id, difference, small }) => [id, difference?.id, small]), [
      ["tiny/rounding", "tiny/stride:format=p010le;width=1;align=4", true],
      ["tiny/code", "tiny/check:width=1", true],
      ["tiny/stack", "tiny/stack:trace=pop", true],
    ]);
  });

  it("is red where a defect is not found", () => {
    const { defects, failures } = selfTest(area([...found, missed]), tinyBackend(), library);
    assertEquals(failures, ["tiny/distance was not found: The distance is wrong."]);
    assertEquals(defects.at(-1)!.difference, null);
  });

  it("is red where the smallest case is no small one", () => {
    const wide = "w".repeat(120);
    const test = { ...tinyArea.tests[1]!, id: `tiny/${wide}` };
    const { failures } = selfTest({ ...area(found.slice(1, 2)), tests: [test] }, tinyBackend(), library);
    assertEquals(failures, [`tiny/code was found by a case that is no small one: tiny/${wide}:width=1`]);
  });

  it("is red where the shortest trace is a long one", () => {
    const deep = defect("depth", ({ stack }) => ({
      stack() {
        const right = stack();
        return { push: (value) => Math.min(right.push(value), 4), pop: () => right.pop() };
      },
    }));
    const { failures } = selfTest(area([deep]), tinyBackend(), library);
    assertEquals(failures.length, 1);
    assertEquals(failures[0]!.startsWith("tiny/depth was found by a case that is no small one"), true);
    assertEquals(failures[0]!.match(/push/g)!.length, 5);
  });

  it("is red where there is a difference without a defect, and where there are no defects", () => {
    const broken = tinyBackend({ describe: () => "" });
    assertEquals(selfTest(area([]), broken, library).failures, [
      "core-ts differs without a defect: tiny/describe:format=gray",
      "tiny has no defects",
    ]);
  });
});
