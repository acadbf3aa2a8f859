import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { AvutilMajor, Image } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { pixelFormatNumber } from "@mediamem/core-ts/image";
import { Answer } from "../../answer.ts";
import type { Grid, Reference, VectorTest } from "../../model.ts";
import { countPoints, Walk } from "../../walk.ts";
import { imageArea } from "./area.ts";
import { ALIGNMENTS, SIDES } from "./axes.ts";
import { FORMATS } from "./formats.ts";

const vectors = imageArea.tests.filter((test) => test.kind === "vector");

function test(id: string): VectorTest {
  return vectors.find((candidate) => candidate.id === id)!;
}

/** What tests see of a library with the formats of one major. */
function reference(major: AvutilMajor): Reference {
  return {
    id: "avutil",
    library: { name: "libavutil", version: `${major}.8.100`, path: "/usr/lib/libavutil.so", abi: null },
    major,
    formats: new Set(FORMATS.filter((format) => pixelFormatNumber(format, major) >= 0)),
  };
}

/** How many cases of the default scope can be compared with a library. */
function comparable(library: Reference): number {
  let sum = 0;
  for (const { grids, skip } of vectors) {
    const walk = new Walk(grids("default", 1));
    walk.range(0, walk.count);
    while (walk.next()) if ((skip?.(library, walk.point) ?? null) === null) sum++;
  }
  return sum;
}

/** The values that the grids of a test have for one parameter. */
function axis(grids: readonly Grid[], index: number): ReadonlySet<unknown> {
  return new Set(grids.flatMap((grid) => grid[index]!));
}

describe("imageArea", () => {
  it("has as many cases as it promises", () => {
    const [oldest, newest] = [comparable(reference(57)), comparable(reference(60))];
    assert(oldest >= 250_000, `The default scope has ${oldest} cases for libavutil 57`);
    assert(newest <= 450_000, `The default scope has ${newest} cases for libavutil 60`);
    const full = vectors.reduce((sum, { grids }) => sum + countPoints(grids("full", 1)), 0);
    assert(full >= 10_000_000, `The full scope has ${full} cases`);
  });

  it("has the same grids for the same seed, and others for another", () => {
    for (const scope of ["default", "full"] as const) {
      for (const { id, grids } of vectors) assertEquals(grids(scope, 7), grids(scope, 7), id);
    }
    const sampled = vectors.filter(({ grids }) =>
      JSON.stringify(grids("default", 1)) !== JSON.stringify(grids("default", 2))
    );
    assert(sampled.length >= 15, `${sampled.length} tests draw a sample`);
    assertNotEquals(
      test("image/bufferSize").grids("default", 1),
      test("image/bufferSize").grids("default", 2),
    );
  });

  it("names every parameter of every point, and no test twice", () => {
    assertEquals(new Set(imageArea.tests.map(({ id }) => id)).size, imageArea.tests.length);
    for (const { id, parameters, simplest, grids } of vectors) {
      for (const grid of [...grids("default", 1), ...grids("full", 1)]) {
        assertEquals(grid.length, parameters.length, id);
      }
      if (simplest !== undefined) assertEquals(simplest.length, parameters.length, id);
    }
  });

  it("asks every format in every test that has one", () => {
    for (const { id, parameters, grids } of vectors) {
      const at = parameters.indexOf("format");
      if (at < 0) continue;
      for (const scope of ["default", "full"] as const) {
        const asked = axis(grids(scope, 1), at);
        assertEquals(FORMATS.filter((format) => !asked.has(format)), [], `${id} in the ${scope} scope`);
      }
    }
  });

  it("walks every width, every height and every alignment with every format in the full scope", () => {
    for (const id of ["image/bufferSize", "image/fillArrays"]) {
      const [safe, wide, high] = test(id).grids("full", 1);
      for (const grid of [safe!, wide!, high!]) assertEquals([grid[0], grid[3]], [FORMATS, ALIGNMENTS]);
      assertEquals<readonly unknown[]>([...safe![1]!, ...wide![1]!], SIDES);
      assertEquals<readonly unknown[]>([...safe![2]!, ...high![2]!], SIDES);
    }
    assertEquals(test("image/linesizes").grids("full", 1)[0], [FORMATS, SIDES]);
  });

  it("has a test for every function of the interface", () => {
    using backend = createCore();
    const called = new Set<string>();
    const image = new Proxy(backend.image!, {
      get(target, name: keyof Image & string) {
        called.add(name);
        return target[name];
      },
    });
    const watched = {
      ...backend,
      id: backend.id,
      library: backend.library,
      image,
      [Symbol.dispose]: () => {},
    };
    const out = new Answer();
    for (const vector of vectors) {
      const walk = new Walk(vector.grids("default", 1));
      walk.range(0, 1);
      walk.next();
      out.clear();
      try {
        vector.answer(watched, walk.point, out);
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
      }
    }
    const methods = Object.keys(backend.image!).filter((name) => name !== "pixelFormats");
    assertEquals(methods.filter((name) => !called.has(name)), []);
  });
});
