import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Grid, ParameterValue } from "./model.ts";
import { countPoints, locatePoint, Walk } from "./walk.ts";

/** The points in order, made the simple way. */
function product(grids: readonly Grid[]): ParameterValue[][] {
  return grids.flatMap((grid) =>
    grid.reduce<ParameterValue[][]>(
      (points, values) => points.flatMap((point) => values.map((v) => [...point, v])),
      [[]],
    )
  );
}

function walked(walk: Walk, from = 0, to: number = walk.count): [number, ...ParameterValue[]][] {
  const points: [number, ...ParameterValue[]][] = [];
  walk.range(from, to);
  while (walk.next()) points.push([walk.ordinal, ...walk.point]);
  return points;
}

const grids: fc.Arbitrary<Grid[]> = fc.array(
  fc.array(fc.uniqueArray(fc.nat(9), { maxLength: 4 }), { minLength: 3, maxLength: 3 }),
  { maxLength: 4 },
);

describe("Walk", () => {
  it("walks all points in order, the last parameter fastest", () => {
    fc.assert(fc.property(grids, (made) => {
      const expected = product(made).map((point, i): [number, ...ParameterValue[]] => [i, ...point]);
      const walk = new Walk(made);
      assertEquals(walk.count, countPoints(made));
      assertEquals(walked(walk), expected);
    }));
  });

  it("walks any range, again and again", () => {
    fc.assert(fc.property(grids, fc.nat(60), fc.nat(60), (made, a, b) => {
      const walk = new Walk(made);
      const [from, to] = [Math.min(a, b, walk.count), Math.min(Math.max(a, b), walk.count)];
      const expected = product(made).map((point, i): [number, ...ParameterValue[]] => [i, ...point]).slice(
        from,
        to,
      );
      assertEquals(walked(walk, from, to), expected);
      assertEquals(walked(walk, from, to), expected);
    }));
  });

  it("keeps the ordinals where parameters are fixed", () => {
    fc.assert(fc.property(grids, fc.nat(2), fc.nat(9), (made, parameter, value) => {
      const expected = product(made).map((point, i): [number, ...ParameterValue[]] => [i, ...point])
        .filter((row) => row[parameter + 1] === value);
      assertEquals(walked(new Walk(made, new Map([[parameter, value]]))), expected);
    }));
  });

  it("walks a test without parameters once", () => {
    assertEquals(walked(new Walk([[]])), [[0]]);
  });
});

describe("locatePoint()", () => {
  it("finds the ordinal of each point", () => {
    const made: Grid[] = [[["a", "b"], [1, NaN, -0]], [["c"], [0]]];
    for (const [ordinal, point] of product(made).entries()) assertEquals(locatePoint(made, point), ordinal);
    assertEquals(locatePoint(made, ["a", 0]), -1);
    assertEquals(locatePoint(made, ["d", 1]), -1);
  });
});
