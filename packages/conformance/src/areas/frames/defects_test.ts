import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Test } from "../../model.ts";
import { selfTest } from "../../planted_defects.ts";
import { LiveSubject } from "../../subject.ts";
import { framesArea } from "./area.ts";
import { framesDefects } from "./defects.ts";

const core = createCore();

/** The test of the area that each defect is to be found by, and the named trace where one is about it. */
const FOUND_BY: Readonly<Record<string, string>> = {
  "shared-is-writable": "handles",
  "buffer-is-no-reference": "handles",
  "clone-copies": "handles",
  "clone-loses-time": "handles",
  "ref-drops-picture": "handles",
  "move-leaves-source": "handles",
  "move-loses-time": "handles",
  "move-onto-itself": "handles",
  "unref-keeps-picture": "handles",
  "unref-keeps-size": "handles",
  "free-twice": "handles",
  "free-leaks": "handles",
  "use-after-free": "handles",
  "writable-without-copy": "makeWritable",
  "writable-does-nothing": "makeWritable",
  "writable-always-copies": "handles",
  "writable-aligns-to-one": "makeWritable.layout",
  "buffer-twice": "handles",
  "device-has-memory": "getBuffer",
  "copy-cuts-off": "copy",
  "copy-onto-itself": "handles",
  "copy-forgets-palette": "copy",
  "copy-chroma-floor": "copy",
  "crop-grows-in-silence": "handles",
  "format-changes": "handles",
  "planes-are-copies": "copy",
  "planes-touch": "getBuffer",
  "failure-resets": "handles",
  "looking-changes": "handles",
};

/** A test with few random traces: most mistakes must be found by a trace that was written by hand. */
function few(test: Test): Test {
  return test.kind === "trace" ? { ...test, runs: () => 20 } : test;
}

describe("framesDefects", () => {
  it("has at least 20 mistakes, each with a test that is to find it", () => {
    assert(framesDefects.length >= 20);
    assertEquals(framesDefects.map(({ id }) => id), Object.keys(FOUND_BY).map((id) => `frames/${id}`));
  });

  for (const defect of framesDefects) {
    it(`${defect.id} is found and shrinks to a case that a person reads`, () => {
      const wanted = `frames/${FOUND_BY[defect.id.slice("frames/".length)]}`;
      const tests = framesArea.tests.filter(({ id }) => id === wanted).map(few);
      const area = { ...framesArea, tests, defects: [defect] };
      assertEquals(selfTest(area, core, new LiveSubject(core)).failures, []);
    });
  }

  it("leaves the wrapped backend as it is, and open", () => {
    const [first] = framesDefects;
    using wrapped = first!.wrap(core);
    using frame = wrapped.frames!.alloc();
    frame.format = "gray";
    frame.width = 3;
    frame.height = 3;
    frame.getBuffer();
    using clone = frame.clone();
    assertEquals([clone.isWritable, core.frames.alloc().isWritable], [true, false]);
  });
});
