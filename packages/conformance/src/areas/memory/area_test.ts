import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { Memory } from "@mediamem/interface";
import { Answer } from "../../answer.ts";
import type { VectorTest } from "../../model.ts";
import { LiveSubject } from "../../subject.ts";
import { countPoints, Walk } from "../../walk.ts";
import { memoryArea } from "./area.ts";

const core = createCore();
const vectors = memoryArea.tests.filter((test) => test.kind === "vector");
const traces = memoryArea.tests.filter((test) => test.kind === "trace");

function walk(test: VectorTest, visit: (out: Answer) => void, backend = core): void {
  const points = new Walk(test.grids("default", 1));
  points.range(0, points.count);
  const out = new Answer();
  const subject = new LiveSubject(backend);
  while (points.next()) {
    subject.answer(test, points.ordinal, points.point, out);
    visit(out);
  }
}

describe("memoryArea", () => {
  it("has as many cases as it promises", () => {
    const count = vectors.reduce((sum, { grids }) => sum + countPoints(grids("default", 1)), 0);
    assert(count >= 40_000 && count <= 100_000, `The default scope has ${count} cases`);
    assert(traces.reduce((sum, { runs }) => sum + runs("full"), 0) >= 20_000);
    assert(traces.reduce((sum, { named }) => sum + Object.keys(named).length, 0) >= 80);
  });

  it("names every parameter of every point, and no test twice", () => {
    assertEquals(new Set(memoryArea.tests.map(({ id }) => id)).size, memoryArea.tests.length);
    for (const { id, parameters, grids } of vectors) {
      for (const grid of [...grids("default", 1), ...grids("full", 1)]) {
        assertEquals(grid.length, parameters.length, id);
      }
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

  it("calls every function of the interface", () => {
    using backend = createCore();
    const called = new Set<string>();
    const memory = new Proxy(backend.memory, {
      get(target, name: keyof Memory & string) {
        called.add(name);
        return target[name];
      },
    });
    const watched = { ...backend, id: backend.id, ledger: backend.ledger, memory };
    const out = new Answer();
    for (const test of traces) {
      for (const operations of Object.values(test.named)) test.play(watched, operations, out);
    }
    walk(vectors.find(({ id }) => id === "memory/cap")!, () => {}, watched);
    const names = new Set<string>();
    for (let at = core.memory as object; at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      for (const name of Object.getOwnPropertyNames(at)) if (name !== "constructor") names.add(name);
    }
    assertEquals([...names].filter((name) => !called.has(name)), []);
  });

  it("says clearly that a backend has no such area", () => {
    const out = new Answer();
    const { memory: _, ...without } = core;
    const subject = new LiveSubject({ ...without, id: "other" });
    assertEquals(subject.has("memory"), false);
    for (const test of memoryArea.tests) {
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
