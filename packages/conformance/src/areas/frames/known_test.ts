import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import type { KnownDifference, Point, VectorTest } from "../../model.ts";
import { failWith } from "../../subject.ts";
import { framesArea } from "./area.ts";
import { framesKnown } from "./known.ts";

const core = createCore();

function known(id: string): KnownDifference {
  return framesKnown.find((candidate) => candidate.id === `frames/${id}`)!;
}

function answer(test: string, point: Point): Answer {
  const out = new Answer();
  try {
    (framesArea.tests.find(({ id }) => id === test) as VectorTest).answer(core, point, out);
  } catch (error) {
    failWith(error, out);
  }
  return out;
}

/** What a library of that major answers by a known difference; null where the difference does not change our answer. */
function claimed(id: string, test: string, point: Point, major: number): string | null {
  const ours = answer(test, point);
  const claim = new Answer();
  if (!known(id).expected(test, point, major, ours, claim) || claim.equals(ours)) return null;
  return claim.toString();
}

/** A difference, a case that shows it with what the older library answers, and the nearest case that does not differ. */
const CASES: readonly (readonly [string, string, number, Point, string, Point])[] = [
  [
    "layout-of-older-major",
    "frames/getBuffer",
    57,
    ["yuv420p", 100, 50, 0],
    "3 0 128 8224 64 10304 64 12416 1 1 3",
    ["yuv420p", 0, 50, 0],
  ],
  [
    "layout-of-older-major",
    "frames/makeWritable.layout",
    56,
    ["gray", 17, 5, 64],
    "1 0 32 2176 1 1 1",
    ["cuda", 17, 5, 64],
  ],
  [
    "layout-of-narrow-build",
    "frames/getBuffer",
    60,
    ["yuv420p", 17, 5, 0],
    "3 0 32 1056 32 1600 32 2304 1 1 3",
    ["yuv420p", 17, 5, 3],
  ],
];

describe("framesKnown", () => {
  for (const [id, test, major, point, wanted, control] of CASES) {
    it(`${id} changes ${test} for ${point.join(" ")} and not for ${control.join(" ")}`, () => {
      assert(known(id).majors.includes(major) && known(id).tests.includes(test));
      assertEquals(claimed(id, test, point, major), wanted);
      assertEquals(claimed(id, test, control, major), null);
    });

    it(`${id} does not excuse a third answer of ours to ${test} for ${point.join(" ")}`, () => {
      const third = answer(test, point);
      third.numbers[third.length - 1]! += 1;
      assertEquals(known(id).expected(test, point, major, third, new Answer()), false);
    });
  }

  it("has a case here for every difference, and a test of the area for every one it names", () => {
    const tests = new Set(framesArea.tests.map(({ id }) => id));
    for (const { id, tests: named, majors, reason } of framesKnown) {
      assert(CASES.some(([one]) => `frames/${one}` === id), `${id} has no case`);
      assertEquals(named.filter((name) => !tests.has(name)), [], id);
      assert(majors.length > 0 && reason.length > 20 && !reason.endsWith("."), id);
    }
  });
});
