import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Backend } from "@mediamem/interface";
import { Answer } from "../../answer.ts";
import type { Test } from "../../model.ts";
import { selfTest } from "../../planted_defects.ts";
import { LiveSubject } from "../../subject.ts";
import { buffersArea } from "./area.ts";
import { buffersDefects } from "./defects.ts";

const core = createCore();

/** The test of the area that each defect is to be found by, even where the quoted facts alone would show it. */
const FOUND_BY: Readonly<Record<string, string>> = {
  "shared-is-writable": "isWritable",
  "read-only-is-writable": "isWritable",
  "make-writable-in-place": "makeWritable",
  "make-writable-keeps-opaque": "references",
  "make-mut-writes-all": "references",
  "ref-loses-window": "references",
  "narrow-beyond-end": "references",
  "unref-twice": "references",
  "use-after-unref": "references",
  "views-outlive": "references",
  "take-leaves-handle": "references",
  "free-twice": "uninit",
  "free-narrowed": "references",
  "free-early": "uninit",
  "realloc-in-place": "realloc",
  "realloc-same-size-moves": "realloc",
  "realloc-loses-content": "realloc",
  "replace-leaks": "references",
  "replace-keeps-window": "references",
  "allocz-last-byte": "cap",
  "budget-code": "references",
  "fifo": "lifo",
  "uninit-frees-out": "uninit",
  "uninit-twice": "pools",
  "pool-opaque-lost": "handOut",
  "opaque-of-before": "pools",
  "window-stays": "handOut",
  "read-only-stays": "handOut",
  "poison-missing": "pools",
  "max-plus-one": "pools",
  "high-water-late": "pools",
  "pool-free-early": "uninit",
  "trim-does-nothing": "pools",
  "hits-are-misses": "pools",
  "foreign-release": "pools",
  "empty-gives-null": "pools",
};

/** A test with few random traces: most mistakes must be found by a trace that was written by hand. */
function few(test: Test): Test {
  return test.kind === "trace" ? { ...test, runs: () => 10 } : test;
}

const traces = buffersArea.tests.filter((test) => test.kind === "trace");

/** What a backend answers to the random traces of the area, one hash a trace. Those of pools come first, where most mistakes are. */
function* answers(backend: Backend): Generator<number> {
  const out = new Answer();
  for (const test of traces.toReversed()) {
    for (let run = 0; run < 150; run++) {
      out.clear();
      test.play(backend, test.random.trace(1, run), out);
      yield out.hash();
    }
  }
}

describe("buffersDefects", () => {
  it("has at least 12 mistakes, each with a test that is to find it", () => {
    assert(buffersDefects.length >= 12);
    assertEquals(buffersDefects.map(({ id }) => id), Object.keys(FOUND_BY).map((id) => `buffers/${id}`));
  });

  for (const wanted of new Set(Object.values(FOUND_BY))) {
    it(`are found by buffers/${wanted}, and shrink to cases that a person reads`, () => {
      const tests = buffersArea.tests.filter(({ id }) => id === `buffers/${wanted}`).map(few);
      const defects = buffersDefects.filter(({ id }) => FOUND_BY[id.slice("buffers/".length)] === wanted);
      assertEquals(selfTest({ ...buffersArea, tests, defects }, core, new LiveSubject(core)).failures, []);
    });
  }

  it("are found by random traces alone", () => {
    const right = [...answers(core)];
    const missed = buffersDefects.filter((defect) => {
      let at = 0;
      for (const hash of answers(defect.wrap(core))) if (hash !== right[at++]) return false;
      return true;
    });
    assertEquals(missed.map(({ id }) => id), []);
  });

  it("leave the wrapped backend as it is, and open", () => {
    const defect = buffersDefects.find(({ id }) => id === "buffers/read-only-is-writable")!;
    using wrapped = defect.wrap(core);
    const options = { readOnly: true };
    using wrong = wrapped.buffers!.create(new Uint8Array(5), options);
    using right = core.buffers.create(new Uint8Array(5), options);
    assertEquals([wrong.isWritable, right.isWritable], [true, false]);
  });
});
