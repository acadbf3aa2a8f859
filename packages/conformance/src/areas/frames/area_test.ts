import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import { FORMATS } from "../image/formats.ts";
import { countPoints } from "../../walk.ts";
import { framesArea } from "./area.ts";

const vectors = framesArea.tests.filter((test) => test.kind === "vector");

describe("framesArea", () => {
  it("has as many cases as it promises", () => {
    const count = (scope: "default" | "full"): number =>
      vectors.reduce((sum, { grids }) => sum + countPoints(grids(scope, 1)), 0);
    assert(
      count("default") >= 10_000 && count("default") <= 40_000,
      `The default scope has ${count("default")}`,
    );
    assert(count("full") >= 100_000, `The full scope has ${count("full")} cases`);
  });

  it("names every parameter of every point, and no test twice", () => {
    assertEquals(new Set(framesArea.tests.map(({ id }) => id)).size, framesArea.tests.length);
    for (const { id, parameters, simplest, grids } of vectors) {
      for (const grid of [...grids("default", 1), ...grids("full", 1)]) {
        assertEquals(grid.length, parameters.length, id);
      }
      assertEquals(simplest?.length, parameters.length, id);
    }
  });

  it("asks every format in every test, and odd sides in every grid of sides", () => {
    for (const { id, grids } of vectors) {
      for (const scope of ["default", "full"] as const) {
        const asked = new Set(grids(scope, 1).flatMap((grid) => grid[0]!));
        assertEquals(FORMATS.filter((format) => !asked.has(format)), [], `${id} in the ${scope} scope`);
        for (const axis of [1, 2]) {
          const sides = grids(scope, 1).flatMap((grid) => grid[axis]!);
          assert(sides.some((side) => Number(side) % 2 === 1), `${id} in the ${scope} scope`);
        }
      }
    }
  });

  it("uses every member of a frame", () => {
    const core = createCore();
    const used = new Set<PropertyKey>();
    const prototype = Object.getPrototypeOf(core.frames.alloc()) as object;
    const members = Reflect.ownKeys(prototype).filter((name) => name !== "constructor");
    const frames = {
      alloc: () => {
        const inner = core.frames.alloc();
        return new Proxy(inner, {
          get(target, name): unknown {
            used.add(name);
            const value = Reflect.get(target, name, target);
            return typeof value === "function" ? value.bind(target) : value;
          },
          set(target, name, value): boolean {
            return Reflect.set(target, name, value, target);
          },
        });
      },
    };
    for (const test of framesArea.tests) {
      if (test.kind !== "trace") continue;
      for (const operations of Object.values(test.named)) {
        try {
          test.play({ ...core, frames }, operations, new Answer());
        } catch {
          // A proxy is no frame of the backend: calls with two frames end here.
        }
      }
    }
    assertEquals(members.filter((name) => !used.has(name)), []);
  });
});
