import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import type { Operation, Reference } from "../../model.ts";
import { formatTrace, parseTrace } from "../../trace_text.ts";
import {
  add,
  add2,
  beside,
  fast,
  free,
  freep,
  limit,
  maxAlloc,
  memdup,
  read,
  resize,
  resizeArray,
  take,
  write,
} from "./trace_operations.ts";
import { traceTests } from "./traces.ts";

const core = createCore();
const [blocks, fastBlocks] = traceTests;

function played(operations: readonly Operation[]): Answer {
  const out = new Answer();
  blocks!.play(core, operations, out);
  return out;
}

/** The words that a trace answers with, one an operation. */
function words(operations: readonly Operation[]): readonly string[] {
  return [...played(operations).texts.values()];
}

describe("the traces of memory", () => {
  it("tell a second free and a use after a free by their codes", () => {
    const block = take("malloc", 0, 10);
    assertEquals(words([block, free(0), free(0)]), ["ok", "ok", "DOUBLE_FREE"]);
    for (
      const late of [read(0, 0, 1), write(0, 0, 1, 1), resize("realloc", 0, 5), fast("fastMalloc", 0, 50)]
    ) {
      assertEquals(words([block, free(0), late]), ["ok", "ok", "USE_AFTER_FREE"]);
    }
  });

  it("do not use what was freed once its address may be somebody's again", () => {
    const block = take("malloc", 0, 10);
    assertEquals(words([block, free(0), take("malloc", 1, 10), free(0)]), ["ok", "ok", "ok", "ok"]);
    assertEquals(words([block, free(0), take("malloc", 1, 10), resize("realloc", 0, 5)]), [
      "ok",
      "ok",
      "ok",
      "ok",
    ]);
  });

  it("say nothing of what lies where the allocators differ", () => {
    const block = take("malloc", 0, 10);
    assertEquals(words([block, read(0, 10, 1), read(0, -1, 1)]), ["ok", "nobody's", "nobody's"]);
    assertEquals(words([block, read(0, 100, 1), write(1, 50, 1, 1)]), ["ok", "elsewhere", "elsewhere"]);
    assertEquals(words([block, beside(free(0), 1), beside(free(0), 10)]), ["ok", "WRONG_OWNER", "nobody's"]);
  });

  it("never read what nobody wrote", () => {
    // Content that was there before must not show.
    const dirty = core.memory.malloc(4000);
    core.memory.write(dirty, new Uint8Array(4000).fill(99));
    core.memory.free(dirty);
    for (const operations of Object.values(blocks!.named)) {
      assert(played(operations).equals(played(operations)));
    }
    for (let run = 0; run < 60; run++) {
      const operations = fastBlocks!.random.trace(2, run);
      assert(played(operations).equals(played(operations)), formatTrace(operations));
    }
  });

  it("go on after an error, with what C leaves", () => {
    const failed = resizeArray("reallocF", 0, 1, 2147483648);
    assertEquals(words([take("malloc", 0, 10), failed, read(0, 0, 1)]), ["ok", "ENOMEM", "USE_AFTER_FREE"]);
    const kept = resize("realloc", 0, 2147483648);
    assertEquals(words([take("malloc", 0, 10), kept, read(0, 0, 10)]), ["ok", "ENOMEM", "ok"]);
  });

  it("do not write elements of one size into an array of another", () => {
    assertEquals(words([add2(0, 3, 1), add("dynarrayAdd", 0, 1), add2(0, 3, 2)]), [
      "ok",
      "another size",
      "ok",
    ]);
  });

  it("refuse an operation that they do not know, on which both sides would agree", () => {
    for (const unknown of [{ op: "boom" }, { op: "boom", at: 0 }]) {
      assertThrows(() => words([unknown]), Error, "the operation boom");
    }
  });

  it("give everything back, the cap and the budget too, also after a crash", () => {
    const ends = (): void => {
      assertEquals([core.ledger.live, core.ledger.bytes, core.ledger.limitBytes], [0, 0, Infinity]);
      core.memory.free(core.memory.malloc(5000));
    };
    played([maxAlloc(10), limit(5), take("malloc", 0, 5), take("malloc", 0, 0)]);
    ends();
    assertThrows(() => words([maxAlloc(10), limit(5), memdup(0, 5, 1), { op: "boom" }]));
    ends();
    for (const test of traceTests) {
      for (let run = 0; run < 60; run++) {
        test.play(core, test.random.trace(1, run), new Answer());
        ends();
      }
    }
  });

  it("see everything that a defect could change: content, cells, the account, other blocks", () => {
    const same = [take("malloc", 0, 10), take("malloc", 1, 10), freep(0)];
    assert(played(same).equals(played([...same])));
    assert(!played(same).equals(played([same[0]!, take("malloc", 1, 11), same[2]!])));
    assert(!played([write(0, 0, 1, 1)]).equals(played([])));
    assert(!played([memdup(0, 5, 1)]).equals(played([memdup(0, 5, 3)])));
  });

  it("can be written as text and read again", () => {
    for (const test of traceTests) {
      for (const operations of [...Object.values(test.named), test.random.trace(1, 1)]) {
        assertEquals(parseTrace(formatTrace(operations)), operations);
      }
    }
  });

  it("leave to libavutil 57 and later what 56 answers otherwise", () => {
    const reference = (major: number): Reference => ({
      id: "avutil",
      library: { name: "libavutil", version: `${major}.70.100`, path: null, abi: null },
      major,
      formats: new Set(),
    });
    const capped = [maxAlloc(100), fast("fastMalloc", 0, 90)];
    assertEquals(fastBlocks!.skip!(reference(57), capped), null);
    assertEquals(fastBlocks!.skip!(reference(56), [maxAlloc(100), fast("fastRealloc", 0, 90)]), null);
    assertEquals(fastBlocks!.skip!(reference(56), [fast("fastMalloc", 0, 90)]), null);
    assert(fastBlocks!.skip!(reference(56), capped)!.includes("56"));
  });
});
