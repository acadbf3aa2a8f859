import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import { Answer } from "../../answer.ts";
import type { VectorTest } from "../../model.ts";
import { LiveSubject } from "../../subject.ts";
import { Walk } from "../../walk.ts";
import { buffersArea } from "./area.ts";
import { KINDS, makeKind } from "./kinds.ts";

const core = createCore();
const vectors = buffersArea.tests.filter((test) => test.kind === "vector");
const traces = buffersArea.tests.filter((test) => test.kind === "trace");

function walk(test: VectorTest, visit: (out: Answer) => void): void {
  const points = new Walk(test.grids("default", 1));
  points.range(0, points.count);
  const out = new Answer();
  const subject = new LiveSubject(core);
  while (points.next()) {
    subject.answer(test, points.ordinal, points.point, out);
    visit(out);
  }
}

describe("buffersArea", () => {
  it("has as many cases as it promises", () => {
    assert(traces.reduce((sum, { runs }) => sum + runs("full"), 0) >= 20_000);
    assert(traces.reduce((sum, { named }) => sum + Object.keys(named).length, 0) >= 100);
  });

  it("names every parameter of every point, and no test twice", () => {
    assertEquals(new Set(buffersArea.tests.map(({ id }) => id)).size, buffersArea.tests.length);
    for (const { id, parameters, grids, simplest } of vectors) {
      for (const grid of [...grids("default", 1), ...grids("full", 1)]) {
        assertEquals(grid.length, parameters.length, id);
      }
      if (simplest !== undefined) assertEquals(simplest.length, parameters.length, id);
    }
  });

  it("answers without a crash, the same twice, and gives everything back", () => {
    for (const test of vectors) {
      const first: number[] = [];
      walk(test, (out) => {
        assert(out.error !== "CRASH", `${test.id}: ${out}`);
        first.push(out.hash());
      });
      const second: number[] = [];
      walk(test, (out) => second.push(out.hash()));
      assertEquals(second, first, test.id);
      assertEquals([core.ledger.live, core.ledger.bytes], [0, 0], test.id);
    }
  });

  it("asks about references of every kind, which show what was asked for", () => {
    for (const kind of KINDS) {
      const { ref, others, end } = makeKind(core.buffers, kind, 17);
      assertEquals([ref.size, ref.refCount], [17, 1 + others.length], kind);
      end();
    }
    assertEquals([core.ledger.live, core.ledger.bytes], [0, 0]);
  });

  it("says clearly that a backend has no such area", () => {
    const out = new Answer();
    const { buffers: _, ...without } = core;
    const subject = new LiveSubject({ ...without, id: "other" });
    assertEquals(subject.has("buffers"), false);
    for (const test of buffersArea.tests) {
      if (test.kind === "vector") {
        const points = new Walk(test.grids("default", 1));
        points.range(0, 1);
        points.next();
        subject.answer(test, 0, points.point, out);
      } else subject.play(test, 0, [], out);
      assertEquals(out.error, "ENOSYS", test.id);
    }
  });
});
