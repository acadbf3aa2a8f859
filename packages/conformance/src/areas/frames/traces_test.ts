import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { formatTrace, parseTrace } from "../../trace_text.ts";
import {
  alloc,
  clone,
  copy,
  free,
  getBuffer,
  makeWritable,
  moveRef,
  picture,
  planeBuffer,
  setUp,
  unref,
  unrefBuffer,
} from "./trace_operations.ts";
import { traceTests } from "./traces.ts";

const core = createCore();
const [handles] = traceTests;

/** How the operations of a trace ended: `ok`, the code of an error, `empty`. */
function words(operations: readonly Operation[]): readonly string[] {
  const out = new Answer();
  handles!.play(core, operations, out);
  return [...out.texts.values()].filter((word) => /^(ok|empty|gone|there|other|[A-Z_]+)$/.test(word));
}

describe("traceTests", () => {
  it("tells a second free and a use after a free by their codes", () => {
    assertEquals(words([picture(0, 3, 3), free(0), free(0), unref(0)]), [
      "ok",
      "ok",
      "gone",
      "DOUBLE_FREE",
      "USE_AFTER_FREE",
    ]);
  });

  it("sees views end where nobody shares the memory, and stay where nothing happened to it", () => {
    assertEquals(words([picture(0, 3, 3), makeWritable(0), unref(0)]), ["ok", "ok", "there", "ok", "gone"]);
    assertEquals(words([picture(0, 3, 3), clone(0, 1), unref(0)]), ["ok", "ok", "there", "ok"]);
    assertEquals(words([picture(0, 3, 3), alloc(1), moveRef(1, 0)]), ["ok", "ok", "ok", "gone"]);
  });

  it("goes on after an error, and after a place that holds nothing", () => {
    assertEquals(
      words([free(0), alloc(0), getBuffer(0, 0), copy(0, 1), unrefBuffer(0), planeBuffer(0, 0, 0)]),
      [
        "empty",
        "ok",
        "EINVAL",
        "empty",
        "empty",
        "EINVAL",
      ],
    );
  });

  it("refuses an operation that it does not know, on which both sides would agree", () => {
    for (const op of ["boom", "toString"]) {
      assertThrows(() => words([alloc(0), { op, at: 0 }]), Error, `op is ${op}`);
    }
  });

  it("gives everything back that a trace left, also what a later frame replaced, and the limits", () => {
    const random = Array.from({ length: 100 }, (_, run) => handles!.random.trace(1, run));
    for (const operations of [...Object.values(handles!.named), ...random]) {
      handles!.play(core, operations, new Answer());
      assertEquals([core.ledger.live, core.ledger.bytes, core.ledger.limitBytes], [0, 0, Infinity]);
    }
    core.memory.free(core.memory.malloc(1 << 20));
  });

  it("answers each trace in the same way twice, whatever the memory held before", () => {
    for (let run = 0; run < 50; run++) {
      const operations = handles!.random.trace(2, run);
      const [first, second] = [new Answer(), new Answer()];
      handles!.play(core, operations, first);
      handles!.play(core, operations, second);
      assert(first.equals(second));
    }
  });

  it("has traces that a text can be made of and read from", () => {
    for (const [name, operations] of Object.entries(handles!.named)) {
      assertEquals(parseTrace(formatTrace(operations)), operations, name);
    }
  });

  it("does everything with success somewhere in its random traces", () => {
    const done = new Set<string>();
    for (let run = 0; run < 30; run++) {
      for (const operation of handles!.random.trace(3, run)) done.add(operation.op);
    }
    const named = new Set(Object.values(handles!.named).flat().map(({ op }) => op));
    assertEquals([...named].filter((op) => !done.has(op)), []);
    assertEquals(words([alloc(0), setUp(0, "gray", 3, 3), getBuffer(0, 16), planeBuffer(0, 0, 0)]), [
      "ok",
      "ok",
      "ok",
      "ok",
      "there",
    ]);
  });
});
