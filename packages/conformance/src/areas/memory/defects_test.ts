import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Test } from "../../model.ts";
import { selfTest } from "../../planted_defects.ts";
import { LiveSubject } from "../../subject.ts";
import { memoryArea } from "./area.ts";
import { memoryDefects } from "./defects.ts";

const core = createCore();

/** The test of the area that each defect is to be found by, even where the quoted numbers alone would show it. */
const FOUND_BY: Readonly<Record<string, string>> = {
  "no-bytes-no-block": "alignment",
  "mallocz-last-byte": "blocks",
  "calloc-overflow": "overflow",
  "cap-excluded": "cap",
  "cap-forgotten": "cap",
  "realloc-zero-frees": "realloc",
  "reallocp-zero-keeps": "realloc",
  "reallocp-array-zero-frees": "realloc",
  "realloc-f-keeps": "overflow",
  "realloc-array-frees": "overflow",
  "reallocp-dangles": "blocks",
  "realloc-loses-content": "realloc",
  "freep-leaves-cell": "blocks",
  "free-twice": "blocks",
  "free-inside": "blocks",
  "use-after-free": "blocks",
  "write-past-end": "blocks",
  "budget": "blocks",
  "growth-off-by-one": "fast",
  "growth-missing": "fast",
  "growth-rounded": "fast",
  "fast-realloc-loses-content": "fast",
  "fast-malloc-clears": "blocks.fast",
  "fast-malloc-keeps": "fast",
  "fast-realloc-keeps-size": "fast",
  "dynarray-growth": "dynarray",
  "dynarray-grows-late": "dynarray.pointers",
  "dynarray-nofree-frees": "dynarray.pointers",
  "backptr-memmove": "memcpyBackptr",
  "strndup-length": "strndup",
  "strdup-zero": "strdup",
  "memdup-null": "blocks",
  "packet-padding": "blocks",
  "size-mult-wraps": "sizeMult",
};

/** A test with few random traces: most mistakes must be found by a trace that was written by hand. */
function few(test: Test): Test {
  return test.kind === "trace" ? { ...test, runs: () => 10 } : test;
}

/** A test with nothing but random traces. */
function random(test: Test): readonly Test[] {
  return test.kind === "trace" ? [{ ...test, named: {}, runs: () => 150 }] : [];
}

describe("memoryDefects", () => {
  it("has at least 12 mistakes, each with a test that is to find it", () => {
    assert(memoryDefects.length >= 12);
    assertEquals(memoryDefects.map(({ id }) => id), Object.keys(FOUND_BY).map((id) => `memory/${id}`));
  });

  for (const wanted of new Set(Object.values(FOUND_BY))) {
    it(`are found by memory/${wanted}, and shrink to cases that a person reads`, () => {
      const tests = memoryArea.tests.filter(({ id }) => id === `memory/${wanted}`).map(few);
      const defects = memoryDefects.filter(({ id }) => FOUND_BY[id.slice("memory/".length)] === wanted);
      assertEquals(selfTest({ ...memoryArea, tests, defects }, core, new LiveSubject(core)).failures, []);
    });
  }

  it("are found by random traces alone, which shrink as far", () => {
    const area = { ...memoryArea, tests: memoryArea.tests.flatMap(random) };
    assertEquals(selfTest(area, core, new LiveSubject(core)).failures, []);
  });

  it("leave the wrapped backend as it is, and open", () => {
    const defect = memoryDefects.find(({ id }) => id === "memory/no-bytes-no-block")!;
    using wrapped = defect.wrap(core);
    assertEquals(wrapped.memory!.malloc(0), 0);
    const address = core.memory.malloc(0);
    assert(address !== 0);
    core.memory.free(address);
  });
});
