import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { heapLine, type HeapOperation } from "./heap_operation.ts";
import { poolLine, type PoolOperation } from "./pool_operation.ts";
import { RandomHeapTrace } from "./random_heap_trace.ts";
import { RandomPoolTrace } from "./random_pool_trace.ts";
import type { TraceSource } from "./trace_source.ts";

function all<Operation>(source: TraceSource<Operation>): Operation[] {
  const operations: Operation[] = [];
  for (let next = source.next(); next !== null; next = source.next()) operations.push(next);
  assertEquals([source.done, source.total, source.next()], [operations.length, operations.length, null]);
  return operations;
}

/** How many of `values` hold, in 1000. */
function share(count: number, all: number): number {
  return Math.round((count / all) * 1000);
}

describe("RandomHeapTrace", () => {
  const trace = (count: number, seed = 1, live = 1000): HeapOperation[] =>
    all(new RandomHeapTrace(count, seed, live));

  it("follows from its seed", () => {
    assertEquals(trace(500).map(heapLine), trace(500).map(heapLine));
    assertNotEquals(trace(500).map(heapLine), trace(500, 2).map(heapLine));
    assertEquals(trace(4, 0).length, 4);
    assertEquals(trace(0), []);
    // What somebody wrote down stays: the same trace in all versions and on all runtimes.
    assertEquals(trace(3).map(heapLine), ["malloc block1 2008", "realloc block1 3376", "malloc block3 2709"]);
  });

  it("frees and resizes only what is there, and keeps to its limit", () => {
    const live = new Set<string>();
    for (const { word, name, size } of trace(20_000, 3, 50)) {
      if (word === "malloc") {
        assert(!live.has(name));
        live.add(name);
      } else assert(live.has(name), `${word} ${name}`);
      if (word === "free") live.delete(name);
      else assert(size >= 1 && size <= 4096);
      assert(live.size <= 50);
    }
    assert(live.size > 20);
  });

  it("is mixed as it says", () => {
    const operations = trace(100_000, 5, 1e6);
    const of = (word: string): number => share(operations.filter((one) => one.word === word).length, 100_000);
    assert(
      Math.abs(of("malloc") - 562) < 10 && Math.abs(of("free") - 375) < 10 &&
        Math.abs(of("realloc") - 62) < 10,
    );
    const sizes = operations.filter(({ word }) => word !== "free").map(({ size }) => size);
    for (const most of [1024, 2048, 3072]) {
      assert(
        Math.abs(share(sizes.filter((size) => size <= most).length, sizes.length) - (most / 4096) * 1000) <
          10,
      );
    }
  });
});

describe("RandomPoolTrace", () => {
  const trace = (count: number, seed = 1, out = 8): PoolOperation[] =>
    all(new RandomPoolTrace(count, seed, out, ["99x51", "50x26"]));

  it("follows from its seed", () => {
    assertEquals(trace(500).map(poolLine), trace(500).map(poolLine));
    assertNotEquals(trace(500).map(poolLine), trace(500, 2).map(poolLine));
  });

  it("gives back only what is out, keeps to its limit, and changes the size", () => {
    const out = new Set<string>();
    const sizes: string[] = [];
    for (const { word, name, holder, size } of trace(2000, 3, 5)) {
      if (word === "get") {
        assert(!out.has(name) && holder !== null);
        out.add(name);
      } else if (word === "release") assert(out.delete(name), name);
      else if (word === "resize") sizes.push(size);
      assert(out.size <= 5);
    }
    assertEquals(sizes, [
      "50x26",
      "99x51",
      "50x26",
      "99x51",
      "50x26",
      "99x51",
      "50x26",
      "99x51",
      "50x26",
      "99x51",
    ]);
  });
});
