import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { createCore } from "@mediamem/core-ts";
import type { IoContext } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { Answer } from "../../answer.ts";
import { countPoints, Walk } from "../../walk.ts";
import { ioArea } from "./area.ts";

const core = createCore();

describe("ioArea", () => {
  it("names no test and no known difference twice, and is compared with libavformat", () => {
    const ids = [...ioArea.tests, ...ioArea.known].map(({ id }) => id);
    assertEquals(new Set(ids).size, ids.length);
    assertEquals([ioArea.name, ioArea.library], ["io", "avformat"]);
  });

  it("has as many traces as it promises", () => {
    for (const test of ioArea.tests.filter(({ kind }) => kind === "trace")) {
      if (test.kind !== "trace") continue;
      assert(test.runs("full") >= 10_000 && test.runs("default") >= 500, test.id);
    }
    const traces = ioArea.tests.reduce(
      (sum, test) => sum + (test.kind === "trace" ? test.runs("full") : 0),
      0,
    );
    assert(traces >= 40_000, `${traces} random traces`);
  });

  it("has points of as many values as parameters", () => {
    for (const test of ioArea.tests) {
      if (test.kind !== "vector") continue;
      const grids = test.grids("full", 1);
      assert(countPoints(grids) > 100, test.id);
      for (const grid of grids) assertEquals(grid.length, test.parameters.length, test.id);
    }
  });

  it("uses everything that a context has", () => {
    const used = new Set<string>();
    const watched = (context: IoContext): IoContext =>
      new Proxy(context, {
        get(target, name) {
          used.add(String(name));
          const value = Reflect.get(target, name, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
        set: (target, name, value) => Reflect.set(target, name, value, target),
      });
    const { allocContext, openDynBuf } = core.io;
    const backend = {
      ...core,
      io: {
        allocContext: (options: Parameters<typeof allocContext>[0]) => watched(allocContext(options)),
        openDynBuf: (size?: number) => watched(openDynBuf(size)),
      } as typeof core.io,
    };
    const out = new Answer();
    for (const test of ioArea.tests) {
      if (test.kind === "trace") {
        for (const operations of Object.values(test.named)) {
          out.clear();
          try {
            test.play(backend, operations, out);
          } catch (error) {
            if (!(error instanceof MediaError)) throw error;
          }
        }
        continue;
      }
      const walk = new Walk(test.grids("default", 1));
      walk.range(0, 1);
      walk.next();
      out.clear();
      test.answer(backend, walk.point, out);
    }
    const members = new Set<string>();
    for (
      let owner = Object.getPrototypeOf(openDynBuf());
      owner !== Object.prototype;
      owner = Object.getPrototypeOf(owner)
    ) for (const name of Object.getOwnPropertyNames(owner)) members.add(name);
    // What only core-ts has besides, or nobody may call.
    const others = /Async$|^constructor$/;
    assertEquals([...members].filter((name) => !used.has(name) && !others.test(name)), []);
  });
});
