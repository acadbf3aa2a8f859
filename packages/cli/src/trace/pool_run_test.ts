import { createCore } from "@mediamem/core-ts";
import type { Backend } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../command_error.ts";
import { parsePoolLine, type PoolOperation } from "./pool_operation.ts";
import { type PoolRun, runPoolTrace } from "./pool_run.ts";
import { RandomPoolTrace } from "./random_pool_trace.ts";
import type { TraceSource } from "./trace_source.ts";

const OPTIONS = {
  size: "100",
  max: Infinity,
  highWater: Infinity,
  preallocate: 0,
  poison: false,
  strict: false,
  bufferOf: (size: string) => ({ bytes: Number(size), label: `${size} bytes` }),
};

const progress = { show() {}, [Symbol.dispose]() {} };

function sourceOf(lines: readonly string[]): TraceSource<PoolOperation> {
  let at = 0;
  return {
    name: "t.txt",
    total: lines.length,
    done: 0,
    next: () => at === lines.length ? null : parsePoolLine(lines[at++]!, "t.txt", at),
    where: (line) => `t.txt:${line}`,
    [Symbol.dispose]() {},
  };
}

/** Runs a trace, and fails where something is left of it in the backend. */
function runOn(
  backend: Backend,
  source: TraceSource<PoolOperation>,
  options: Partial<typeof OPTIONS> = {},
): PoolRun {
  try {
    return runPoolTrace(backend.buffers!, source, { ...OPTIONS, ...options }, progress);
  } finally {
    assertEquals([backend.ledger!.live, backend.ledger!.bytes], [0, 0]);
  }
}

function run(lines: readonly string[], options: Partial<typeof OPTIONS> = {}): PoolRun {
  using core = createCore();
  return runOn(core, sourceOf(lines), options);
}

function codes({ failures }: PoolRun): string[] {
  return failures.first.map(({ where, code }) => `${where} ${code}`);
}

describe("runPoolTrace()", () => {
  it("shows the pool after each step", () => {
    const { steps, sums } = run(["get a", "get b", "release a", "get c", "release c", "trim", "release b"]);
    assertEquals(
      steps.map((
        { operation, out, idle, hits, misses, freed, bytes },
      ) => [operation, out, idle, hits, misses, freed, bytes]),
      [
        ["start", 0, 0, 0, 0, 0, 0],
        ["get a", 1, 0, 0, 1, 0, 100],
        ["get b", 2, 0, 0, 2, 0, 200],
        ["release a", 1, 1, 0, 2, 0, 200],
        ["get c", 2, 0, 1, 2, 0, 200],
        ["release c", 1, 1, 1, 2, 0, 200],
        ["trim", 1, 0, 1, 2, 1, 100],
        ["release b", 0, 1, 1, 2, 1, 100],
      ],
    );
    assertEquals(sums[0]?.stats, { hits: 1, misses: 2, out: 0, idle: 1, returned: 3, freed: 1, peak: 2 });
  });

  it("draws the same buffer in the same row, whoever has it", () => {
    const { slots } = run([
      "get a decoder",
      "get b filter",
      "release a",
      "get c encoder",
      "release c",
      "trim",
    ]);
    assertEquals(slots[0]?.spans, [
      { from: 0, to: 2, out: 1, holder: "decoder" },
      { from: 2, to: 3, out: 0, holder: null },
      { from: 3, to: 4, out: 1, holder: "encoder" },
      { from: 4, to: 5, out: 0, holder: null },
    ]);
    assertEquals(slots[1]?.spans, [{ from: 1, to: 6, out: 1, holder: "filter" }]);
  });

  it("knows buffers that were made at once", () => {
    const { slots, steps } = run(["get a decoder", "release a", "trim"], { preallocate: 2 });
    assertEquals([steps[0]?.idle, steps[0]?.bytes, steps.at(-1)?.freed], [2, 200, 2]);
    assertEquals(slots.map(({ spans }) => spans.map(({ from, to, out }) => [from, to, out])), [
      [[0, 2, 0]],
      [[0, 1, 1], [1, 2, 0]],
    ]);
  });

  it("lets the old pool drain when the size changes: late buffers are freed, not reused", () => {
    const { sums, steps, slots } = run([
      "get a",
      "get b",
      "release b",
      "resize 200",
      "get c",
      "release a",
      "get d",
    ]);
    assertEquals(sums.map(({ label, size, stats }) => [label, size, stats.misses, stats.freed, stats.out]), [
      ["100 bytes", 100, 2, 2, 0],
      ["200 bytes", 200, 2, 0, 2],
    ]);
    assertEquals([steps[4]?.bytes, steps[6]?.bytes, steps.at(-1)?.bytes], [100, 200, 400]);
    assertEquals(slots[0]?.spans.map(({ from, to, holder }) => [from, to, holder]), [[0, 5, "a"], [
      6,
      7,
      "d",
    ]]);
  });

  it("goes on after a failure, and names where it was and who has the buffers", () => {
    const lines = [
      "get a decoder",
      "get b",
      "get c",
      "release c",
      "release a",
      "release a",
      "trim",
      "uninit",
      "uninit",
      "get d",
    ];
    const failed = run(lines, { max: 2 });
    assertEquals(codes(failed), [
      "t.txt:3 EAGAIN",
      "t.txt:6 DOUBLE_FREE",
      "t.txt:9 DOUBLE_FREE",
      "t.txt:10 USE_AFTER_FREE",
    ]);
    assertStringIncludes(failed.failures.first[0]!.message, "decoder");
    assertEquals(failed.holdings, [{ holder: "b", count: 1, line: 2 }]);
    assertEquals(run(lines, { max: 2, strict: true }).operations, 3);
  });

  it("says who has what at the end, most first", () => {
    const { holdings } = run(["get a x", "get b y", "get c y", "get d z", "release a"]);
    assertEquals(holdings, [{ holder: "y", count: 2, line: 2 }, { holder: "z", count: 1, line: 4 }]);
  });

  it("keeps the pool's warnings, which name the holders", () => {
    const { warnings, warningCount, events } = run(["get a x", "get b x", "release a", "get c y"], {
      highWater: 2,
    });
    assertEquals(warnings.map(({ where, out }) => [where, out]), [["t.txt:2", 2], ["t.txt:4", 2]]);
    assertStringIncludes(warnings[1]!.text, "y");
    assertEquals([warningCount, events.map(({ step, warning }) => [step, warning])], [2, [[2, true], [
      4,
      true,
    ]]]);
  });

  it("marks resizes, trims and uninits, and nothing where there is too much", () => {
    const { events } = run(["get a", "resize 7", "trim", "uninit"]);
    assertEquals(events.map(({ step, words }) => [step, words]), [[2, "resize 7"], [3, "trim"], [
      4,
      "uninit",
    ]]);
    assertEquals(run(Array.from({ length: 61 }, () => "trim")).events, []);
  });

  it("ends with an error for what cannot be in a trace", () => {
    const wrong: [string[], string][] = [
      [["get a", "get a"], 'Cannot replay t.txt:2: "a" is out since line 1'],
      [["get a", "release b"], 'Cannot replay t.txt:2: "b" is no buffer'],
    ];
    for (const [lines, message] of wrong) assertThrows(() => run(lines), UsageError, message);
  });

  it("takes a long run, and leaves nothing behind", () => {
    using core = createCore();
    const source = new RandomPoolTrace(20_000, 9, 30, ["64", "33"]);
    const { steps, slots, history, operations, failures, sums } = runOn(core, source, {
      size: "64",
      highWater: 20,
      poison: true,
    });
    assertEquals([operations, failures.count, steps.length], [20_000, 0, 24]);
    assert(steps.every(({ operation }) => operation === ""));
    assertEquals([steps.at(-1)?.step, sums.length], [20_000, 2]);
    assert(history.steps.length <= 801);
    const all = sums.reduce((sum, { stats }) => sum + stats.out + stats.idle, 0);
    const rows = slots.filter(({ spans }) => spans.at(-1)?.to === 20_000).length;
    assert(rows >= all, `${rows} rows at the end for ${all} buffers`);
  });
});
