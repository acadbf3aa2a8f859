import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import type { Operation, Reference } from "../../model.ts";
import { formatTrace, parseTrace } from "../../trace_text.ts";
import {
  create,
  get,
  limit,
  look,
  maxAlloc,
  poolInit,
  realloc,
  ref,
  replace,
  take,
  trim,
  uninit,
  unref,
  write,
} from "./trace_operations.ts";
import { traceTests } from "./traces.ts";

const core = createCore();
const [references, pools] = traceTests;

function played(operations: readonly Operation[]): Answer {
  const out = new Answer();
  references!.play(core, operations, out);
  return out;
}

/** The texts that a trace answers with, those of `opaque` aside. */
function words(operations: readonly Operation[]): readonly string[] {
  return [...played(operations).texts.values()].filter((word) =>
    !["null", "private", "WRONG_OWNER"].includes(word)
  );
}

describe("the traces of buffers", () => {
  it("tell a second unref and a use after it by their codes", () => {
    const buffer = take("alloc", 0, 10);
    assertEquals(words([buffer, unref(0), unref(0)]), ["ok", "ok", "DOUBLE_FREE"]);
    for (const late of [ref(0, 1), write(0, 1), realloc(0, 20)]) {
      assertEquals(words([buffer, unref(0), late]), ["ok", "ok", "USE_AFTER_FREE"]);
    }
  });

  it("note what callbacks are told, in their order, and what they throw", () => {
    const note = create(0, 5, 1, { free: "note", opaque: "A" });
    assertEquals(words([note, unref(0)]), ["ok", '"A"', "ok", "free A 5"]);
    assertEquals(words([create(0, 5, 1, { free: "throw" }), unref(0)]), ["ok", "thrown", "free null 5"]);
    assertEquals(
      words([poolInit(0, 8, { allocate: "exact", free: "note" }), get(0, 0), unref(0), uninit(0)]),
      ["ok", "ok", '"A"', "allocate 8", "ok", "ok", "free A 8", "pool 0 free"],
    );
  });

  it("tell several errors of callbacks apart from one", () => {
    const both = [poolInit(0, 8, { allocate: "rude", free: "throw" }), get(0, 0), unref(0), uninit(0)];
    assertEquals(words(both).filter((word) => word.startsWith("thrown")), ["thrown thrown, thrown"]);
  });

  it("know the buffers of a pool again", () => {
    const numbers = (operations: readonly Operation[]): string => String(played(operations));
    const three = [poolInit(0, 8), get(0, 0), get(0, 1)];
    assert(
      numbers([...three, unref(0), unref(1), get(0, 2)]) !==
        numbers([...three, unref(1), unref(0), get(0, 2)]),
    );
  });

  it("leave it to the backends what a trim does while buffers are out", () => {
    assertEquals(words([poolInit(0, 8), get(0, 0), trim(0), unref(0), trim(0)]), ["ok", "ok", "out", "ok"]);
  });

  it("never see what nobody wrote", () => {
    for (const test of traceTests) {
      for (const operations of Object.values(test.named)) {
        assert(played(operations).equals(played(operations)), formatTrace(operations));
      }
      for (let run = 0; run < 60; run++) {
        const operations = test.random.trace(2, run);
        assert(played(operations).equals(played(operations)), formatTrace(operations));
      }
    }
  });

  it("refuse an operation that they do not know, on which both sides would agree", () => {
    for (
      const left of [[take("alloc", 0, 1), { op: "boom", at: 0 }], [poolInit(0, 1), { op: "boom", pool: 0 }]]
    ) {
      assertThrows(() => words(left), Error, "the operation boom");
    }
  });

  it("give everything back, the cap and the budget too, also after a crash", () => {
    const ends = (): void => {
      assertEquals([core.ledger.live, core.ledger.bytes, core.ledger.limitBytes], [0, 0, Infinity]);
      core.buffers.alloc(5000).unref();
    };
    played([take("alloc", 0, 5), ref(0, 1), ref(0, 1), maxAlloc(300), limit(5), poolInit(0, 300), get(0, 2)]);
    ends();
    assertThrows(() => words([take("alloc", 0, 5), limit(5), maxAlloc(300), { op: "boom", at: 0 }]));
    ends();
    for (const test of traceTests) {
      for (let run = 0; run < 60; run++) {
        test.play(core, test.random.trace(1, run), new Answer());
        ends();
      }
    }
  });

  it("can be written as text and read again", () => {
    for (const test of traceTests) {
      for (const operations of [...Object.values(test.named), test.random.trace(1, 1)]) {
        assertEquals(parseTrace(formatTrace(operations)), operations);
      }
    }
  });

  it("leave out what old libraries cannot do", () => {
    const reference = (version: string): Reference => ({
      id: "avutil",
      library: { name: "libavutil", version, path: null, abi: null },
      major: Number.parseInt(version),
      formats: new Set(),
    });
    const large = [poolInit(0, 2147483648)];
    assertEquals(pools!.skip!(reference("57.28.100"), large), null);
    assert(pools!.skip!(reference("56.70.100"), large)!.includes("int"));
    assertEquals(pools!.skip!(reference("56.70.100"), [replace(0, 1)]), null);
    assert(pools!.skip!(reference("56.51.100"), [replace(0, 1)])!.includes("av_buffer_replace"));
    assertEquals(pools!.skip!(reference("56.51.100"), [look(0)]), null);
    assert(pools!.skip!(reference("56.31.100"), [look(0)])!.includes("56.37"));
  });
});
