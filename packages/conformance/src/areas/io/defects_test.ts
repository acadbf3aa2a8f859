import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Test } from "../../model.ts";
import { selfTest } from "../../planted_defects.ts";
import { LiveSubject } from "../../subject.ts";
import { ioArea } from "./area.ts";
import { ioDefects } from "./defects.ts";

const core = createCore();

/** The test of the area that each defect is to be found by. */
const FOUND_BY: Readonly<Record<string, string>> = {
  "refill-asks-for-less": "reads",
  "refill-starts-over": "reads",
  "past-the-buffer-too-early": "reads",
  "past-the-buffer-not-counted": "reads",
  "end-is-believed": "reads",
  "none-is-the-end": "reads",
  "too-much-is-believed": "reads",
  "partial-reads-read-on": "reads",
  "errors-pass": "reads",
  "errors-come-first": "reads",
  "thrown-is-wrapped": "reads",
  "order-of-24-bits": "get",
  "text-stops-with-its-room": "getStr",
  "reads-ahead-too-far": "reads",
  "seeks-where-not-wanted": "reads",
  "back-without-half-a-buffer": "reads",
  "half-a-buffer-too-far": "reads",
  "end-outlives-a-seek": "reads",
  "from-the-end": "reads",
  "size-stays-at-the-end": "reads",
  "flushes-a-byte-early": "writes",
  "seeks-before-it-writes": "writes",
  "flush-stays-at-the-furthest": "writes",
  "short-writes-are-believed": "writes",
  "errors-do-not-stop": "writes",
  "size-counts-what-is-buffered": "writes",
  "free-flushes": "writes",
  "direct-is-buffered": "writes",
  "headers-are-not-merged": "writes",
  "marks-stay": "writes",
  "flush-point-too-late": "writes",
  "wide-texts-without-end": "putStr",
  "padding-stays": "dynBufs",
  "closing-cuts-nothing-off": "dynBufs",
  "getting-ends-writing": "dynBufs",
};

/** A test with few random traces: most mistakes must be found by a trace that was written by hand. */
function few(test: Test): Test {
  return test.kind === "trace" ? { ...test, runs: () => 20 } : test;
}

describe("ioDefects", () => {
  it("has at least 15 mistakes, each with a test that is to find it", () => {
    assert(ioDefects.length >= 15);
    assertEquals(ioDefects.map(({ id }) => id), Object.keys(FOUND_BY).map((id) => `io/${id}`));
  });

  for (const defect of ioDefects) {
    it(`${defect.id} is found and shrinks to a case that a person reads`, () => {
      const wanted = `io/${FOUND_BY[defect.id.slice("io/".length)]}`;
      const tests = ioArea.tests.filter(({ id }) => id === wanted).map(few);
      const area = { ...ioArea, tests, defects: [defect] };
      assertEquals(selfTest(area, core, new LiveSubject(core)).failures, []);
    });
  }

  it("leaves the wrapped backend as it is, and open", () => {
    const wrapped = ioDefects.find(({ id }) => id === "io/order-of-24-bits")!.wrap(core);
    const read = (io: typeof core.io): number => {
      using context = io.allocContext({ buffer: new Uint8Array([1, 2, 3]) });
      return context.rl24();
    };
    assertEquals([read(wrapped.io as typeof core.io), read(core.io)], [0x010203, 0x030201]);
  });
});
