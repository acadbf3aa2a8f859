import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Backend, IoContext, IoOptions } from "@mediamem/interface";
import { Answer } from "../../answer.ts";
import type { Operation } from "../../model.ts";
import { formatTrace, parseTrace } from "../../trace_text.ts";
import { call, open, read, seek, set, skip, write } from "./trace_operations.ts";
import { BYTES_WRITTEN, FIELDS } from "./trace_player.ts";
import { traceTests } from "./traces.ts";

const core = createCore();
const [reads, writes, dynBufs] = traceTests;

function play(operations: readonly Operation[], backend: Backend = core): Answer {
  const out = new Answer();
  reads!.play(backend, operations, out);
  return out;
}

/** The words of an answer, those of callbacks and fields aside: one or more an operation. */
function words(operations: readonly Operation[]): readonly string[] {
  const others = [FIELDS, "read", "write", "seek", "set", "cur", "end", "size"];
  return [...play(operations).texts.values()].filter((word) => !others.includes(word));
}

/** A backend that keeps an account of its contexts. */
function watched(): { backend: Backend; live: Set<IoContext> } {
  const live = new Set<IoContext>();
  const keep = (context: IoContext): IoContext => {
    live.add(context);
    return new Proxy(context, {
      get(target, name) {
        if (name === "free" || name === "closeDynBuf" || name === Symbol.dispose) live.delete(target);
        const value = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
      set: (target, name, value) => Reflect.set(target, name, value, target),
    });
  };
  const io = {
    allocContext: (options: IoOptions) => keep(core.io.allocContext(options)),
    openDynBuf: (size?: number) => keep(core.io.openDynBuf(size)),
  } as typeof core.io;
  return { backend: { ...core, io }, live };
}

describe("traceTests", () => {
  it("tells what a callback threw by its identity, and what came of it later by its cause", () => {
    const reader = open({ as: "reader", fail: "throw" });
    assertEquals(words([reader, read(1), read(1)]), ["ok", "thrown", "EXTERNAL"]);
    const { numbers, length } = play([reader, read(1), read(1)]);
    assert([...numbers.subarray(0, length)].includes(-542398533));
  });

  it("goes on after an error, and before there is a context", () => {
    assertEquals(words([read(1), open({ as: "memory", length: 3 }), seek(-1), read(3)]), [
      "none",
      "ok",
      "EINVAL",
      "ok",
    ]);
  });

  it("does not go where a dynamic buffer has no content, nor look at what an error left of it", () => {
    assertEquals(words([open({ as: "dynBuf" }), write(5), seek(6), skip(1), seek(5)]), [
      "ok",
      "ok",
      "beyond",
      "beyond",
      "ok",
    ]);
    const [whole, broken] = [[], [set("error", -5), set("error", 0)]].map((rest) =>
      play([open({ as: "dynBuf" }), write(5), ...rest, call("getDynBuf")])
    );
    assert(!whole!.equals(broken!));
  });

  it("says all fields after each operation", () => {
    const { texts, numbers } = play([open({ as: "writer", buffer: 4 }), write(9)]);
    const at = [...texts].filter(([, text]) => text === FIELDS).at(-1)![0];
    assertEquals([...numbers.subarray(at + 1, at + 11)], [4, 1, 4, 0, 8, 0, 0, 0, 8, 9]);
    assertEquals(numbers[at + 1 + BYTES_WRITTEN], 8);
  });

  it("refuses an operation that it does not know, on which both sides would agree", () => {
    assertThrows(() => play([open({ as: "reader" }), { op: "boom" }]), Error, "op is boom");
  });

  it("frees what a trace left, also what a later context replaced", () => {
    for (const test of traceTests) {
      const { backend, live } = watched();
      const random = Array.from({ length: 50 }, (_, run) => test.random.trace(1, run));
      for (const operations of [...Object.values(test.named), ...random]) {
        try {
          test.play(backend, operations, new Answer());
        } catch {
          // A writer without a buffer.
        }
        assertEquals(live.size, 0, formatTrace(operations));
      }
    }
  });

  it("answers each trace in the same way twice", () => {
    for (const test of [reads!, writes!, dynBufs!]) {
      for (let run = 0; run < 50; run++) {
        const operations = test.random.trace(2, run);
        const [first, second] = [new Answer(), new Answer()];
        test.play(core, operations, first);
        test.play(core, operations, second);
        assert(first.equals(second), formatTrace(operations));
      }
    }
  });

  it("can be written down and read again", () => {
    for (const test of traceTests) {
      for (const operations of [...Object.values(test.named), test.random.trace(1, 1)]) {
        assertEquals<readonly Operation[]>(parseTrace(formatTrace(operations)), operations);
      }
    }
  });
});
