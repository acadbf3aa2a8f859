import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import { ioArea } from "./area.ts";
import { ioKnown } from "./known.ts";
import { open, write } from "./trace_operations.ts";
import { BYTES_WRITTEN, FIELDS } from "./trace_player.ts";
import { traceTests } from "./traces.ts";

describe("ioKnown", () => {
  it("names tests that there are", () => {
    const ids = ioArea.tests.map(({ id }) => id);
    for (const { tests } of ioKnown) for (const test of tests) assert(ids.includes(test), test);
  });

  it("expects of libavformat 58 the same answer with no bytes counted", () => {
    const [bytesWritten] = ioKnown;
    const [ours, theirs] = [new Answer(), new Answer()];
    traceTests[1]!.play(createCore(), [open({ as: "writer", buffer: 4 }), write(9)], ours);
    assert(bytesWritten!.expected("io/writes", [], 58, ours, theirs));
    assert(!ours.equals(theirs));
    const changed = [...ours.numbers.subarray(0, ours.length).keys()].filter((i) =>
      ours.numbers[i] !== theirs.numbers[i]
    );
    const fields = [...ours.texts].filter(([, text]) => text === FIELDS).map(([at]) => at);
    assertEquals(changed, [fields.at(-1)! + 1 + BYTES_WRITTEN]);
  });
});
