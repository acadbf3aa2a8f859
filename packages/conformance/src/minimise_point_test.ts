import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { minimisePoint } from "./minimise_point.ts";
import type { Grid, Point } from "./model.ts";

const SIDES = [0, 1, 2, 3, 7, 17, 99, 640, 1920, 65536];

describe("minimisePoint()", () => {
  it("finds the least numbers, also between those of the grid", () => {
    const grid: Grid = [SIDES, SIDES];
    fc.assert(fc.property(fc.nat(65000), fc.nat(65000), (a, b) => {
      const fails = ([x, y]: Point): boolean => (x as number) >= a + 2 && (y as number) >= b + 2;
      assertEquals(minimisePoint([65536, 65536], [grid], undefined, fails), [a + 2, b + 2]);
    }));
  });

  it("prefers 1, then 0, then the smallest", () => {
    const grid: Grid = [[-65536, ...SIDES]];
    assertEquals(minimisePoint([1920], [grid], undefined, () => true), [1]);
    assertEquals(minimisePoint([1920], [grid], undefined, ([x]) => x !== 1), [0]);
    assertEquals(minimisePoint([1920], [grid], undefined, ([x]) => (x as number) % 2 !== 1), [0]);
    assertEquals(minimisePoint([-65536], [grid], undefined, ([x]) => (x as number) < -4), [-5]);
    assertEquals(
      minimisePoint([1921], [grid], undefined, ([x]) => (x as number) % 2 === 1 && x as number > 100),
      [101],
    );
  });

  it("stays on the grid where that has powers of two only", () => {
    const grid: Grid = [[1, 2, 4, 8, 16, 32]];
    assertEquals(minimisePoint([32], [grid], undefined, ([align]) => (align as number) > 4), [8]);
  });

  it("does not leave the range of the grid", () => {
    const grid: Grid = [[5, 6, 9]];
    const seen: number[] = [];
    minimisePoint([9], [grid], undefined, ([x]) => {
      seen.push(x as number);
      return false;
    });
    assertEquals(seen, [5, 6, 7, 8]);
  });

  it("takes the first of the grid for what is no number, and what the test calls simplest", () => {
    const grids: Grid[] = [[["a", "b", null], [1, "x", 300]], [["c"], [3]]];
    assertEquals(minimisePoint(["c", 300], grids, undefined, () => true), ["a", 1]);
    assertEquals(minimisePoint(["c", 300], grids, ["b", "x"], () => true), ["b", "x"]);
    assertEquals(minimisePoint(["c", 300], grids, undefined, ([x]) => x === null || x === "c"), [null, 1]);
    const numbers: Grid[] = [[[1, 50, 99, 1000]]];
    assertEquals(minimisePoint([1000], numbers, [99], ([x]) => x !== 99), [100]);
    assertEquals(minimisePoint([1000], numbers, [99], ([x]) => (x as number) > 150 || (x as number) < 20), [
      151,
    ]);
  });

  it("ends, and only with cases that fail", () => {
    const grid: Grid = [SIDES, [1, 2, 4], ["a", "b", "c"], [0.5, NaN, 3, Infinity]];
    const start = fc.tuple(...grid.map((values) => fc.constantFrom(...values)));
    fc.assert(fc.property(start, fc.func(fc.boolean()), (point, random) => {
      const fails = (candidate: Point): boolean =>
        candidate.every((v, i) => Object.is(v, point[i])) || random(...candidate);
      assert(fails(minimisePoint(point, [grid], undefined, fails)));
    }));
  });
});
