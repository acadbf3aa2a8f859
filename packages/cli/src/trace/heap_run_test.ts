import { Heap } from "@mediamem/core-ts/memory";
import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { UsageError } from "../command_error.ts";
import { type HeapOperation, parseHeapLine } from "./heap_operation.ts";
import { HeapReplay } from "./heap_replay.ts";
import { type HeapRun, type HeapRunOptions, runHeapTrace } from "./heap_run.ts";
import { RandomHeapTrace } from "./random_heap_trace.ts";
import type { TraceSource } from "./trace_source.ts";

const OPTIONS: HeapRunOptions = {
  checked: false,
  alignment: 64,
  size: 65536,
  max: 2 ** 28,
  limit: Infinity,
  at: undefined,
  strict: false,
  strip: { columns: 16, rows: 8 },
};

function sourceOf(lines: readonly string[]): TraceSource<HeapOperation> {
  let at = 0;
  return {
    name: "t.txt",
    total: lines.length,
    done: 0,
    next: () => at === lines.length ? null : parseHeapLine(lines[at++]!, "t.txt", at),
    where: (line) => `t.txt:${line}`,
    [Symbol.dispose]() {},
  };
}

const progress = { show() {}, [Symbol.dispose]() {} };

function run(lines: readonly string[], options: Partial<HeapRunOptions> = {}): HeapRun {
  return runHeapTrace(sourceOf(lines), { ...OPTIONS, ...options }, progress);
}

function codes({ failures }: HeapRun): string[] {
  return failures.first.map(({ where, code }) => `${where} ${code}`);
}

describe("runHeapTrace()", () => {
  it("comes to the figures of the heap", () => {
    const { operations, stats, leaks, violations, history, failures } = run([
      "malloc a 100",
      "calloc b 10 20",
      "realloc a 5000",
      "free b",
      "malloc c 7 4096",
    ]);
    assertEquals([operations, failures.count, violations], [5, 0, []]);
    assertEquals([stats.live, stats.bytes, stats.peak], [2, 5007, 5200]);
    assertEquals(leaks.groups.map(({ name, bytes, line }) => [name, bytes, line]), [["a", 5000, 1], [
      "c",
      7,
      5,
    ]]);
    assertEquals(history.steps, [0, 1, 2, 3, 4, 5]);
    assertEquals(history.bytes, [0, 100, 300, 5200, 5000, 5007]);
  });

  it("goes on after a failure, names where it was, and does nothing for it", () => {
    const lines = [
      "malloc a 9",
      "malloc b 99999999999",
      "free b",
      "free a",
      "free a",
      "realloc a 3",
      "malloc c 5",
    ];
    const failed = run(lines);
    assertEquals(codes(failed), ["t.txt:2 ENOMEM", "t.txt:5 DOUBLE_FREE", "t.txt:6 DOUBLE_FREE"]);
    assertEquals([failed.operations, failed.stats.live, failed.violations], [7, 1, []]);
    const strict = run(lines, { strict: true });
    assertEquals([strict.operations, codes(strict)], [2, ["t.txt:2 ENOMEM"]]);
  });

  it("does not free another's block for one that was freed before", () => {
    const failed = run(["malloc a 100", "free a", "malloc b 100", "free a", "free b"]);
    assertEquals(codes(failed), ["t.txt:4 DOUBLE_FREE"]);
    assertMatch(
      failed.failures.first[0]!.message,
      /block of line 1 was freed at line 2 and its memory at \d+ is another's now/,
    );
    assertEquals(failed.stats.live, 0);
  });

  it("clears what calloc takes, and nothing else", () => {
    const storage = new ArrayBuffer(65536);
    const heap = Heap.create(storage);
    const replay = new HeapReplay(heap, storage, String);
    const lines = ["malloc a 300", "write a 0 300", "free a", "calloc b 3 70", "malloc c 1"];
    for (const [i, line] of lines.entries()) replay.apply(parseHeapLine(line, "t.txt", i + 1)!);
    const { address } = replay.blocks.live("b")!;
    assertEquals(address, replay.blocks.gone("a")!.address);
    const bytes = new Uint8Array(storage, address, 300);
    assertEquals([bytes.subarray(0, 210).every((byte) => byte === 0), bytes[210]], [true, 0xa5]);
  });

  it("keeps to the budget and to the storage", () => {
    assertEquals(codes(run(["malloc a 600", "malloc b 500", "malloc c 400"], { limit: 1000 })), [
      "t.txt:2 OVER_BUDGET",
    ]);
    const full = run(["malloc a 40000", "malloc b 40000"], { max: 65536 });
    assertEquals(codes(full), ["t.txt:2 ENOMEM"]);
    assert(run(["malloc a 40000", "malloc b 40000"]).stats.total > 80_000);
  });

  it("finds in a checked heap what was written past a block, before it, and after it was freed", () => {
    const past = run(["malloc a 100", "write a 0 100", "write a 100 1", "free a"], { checked: true });
    assertEquals(codes(past), ["t.txt:4 CORRUPTED"]);
    assertEquals([past.violations.length, past.stats.live, past.leaks.count], [1, 1, 1]);
    const before = run(["malloc a 100", "write a -1 1", "free a"], { checked: true });
    assertEquals(codes(before), ["t.txt:3 CORRUPTED"]);
    const after = run(["malloc a 100", "free a", "write a 3 2"], { checked: true });
    assertEquals([codes(after), after.violations.length], [[], 1]);
    assertEquals(run(["malloc a 100", "write a 0 100", "free a"], { checked: true }).violations, []);
  });

  it("reports a heap that was written to pieces", () => {
    const broken = run(["malloc a 10", "malloc b 10", "free b", "write a 0 500", "malloc c 5000"]);
    assert(broken.violations.length > 0);
    assertEquals(broken.picture, null);
  });

  it("refuses to write outside of the storage, and into what was never there", () => {
    const failed = run([
      "malloc a 9",
      "write a 0 999999",
      "write a -99999 1",
      "malloc b 9999999999",
      "write b 0 1",
    ]);
    assertEquals(codes(failed), ["t.txt:2 EINVAL", "t.txt:3 EINVAL", "t.txt:4 ENOMEM", "t.txt:5 EINVAL"]);
  });

  it("takes a name again once it is free", () => {
    assertEquals(codes(run(["malloc a 1", "free a", "malloc a 2", "free a"])), []);
    assertEquals(codes(run(["malloc a 9999999999", "malloc a 2", "free a"])), ["t.txt:1 ENOMEM"]);
  });

  it("ends with an error for what cannot be in a trace", () => {
    const wrong: [string[], string][] = [
      [["malloc a 1", "malloc a 2"], 'Cannot replay t.txt:2: "a" is in use since line 1'],
      [["free x"], 'Cannot replay t.txt:1: "x" is no block'],
      [["malloc a 1", "realloc b 2"], 'Cannot replay t.txt:2: "b" is no block'],
      [["write x 0 1"], '"x" is no block'],
    ];
    for (const [lines, message] of wrong) assertThrows(() => run(lines), UsageError, message);
  });

  it("draws the heap after the operation that was asked for", () => {
    const lines = ["malloc a 1000", "malloc b 1000", "free a", "free b"];
    const used = (at: number): number => run(lines, { at }).picture!.map.totals.used;
    assertEquals([0, 1, 2, 3, 4].map(used), [0, 1000, 2000, 1000, 0]);
    assertEquals([...run(lines, { at: 2 }).picture!.names.values()], ["a", "b"]);
    assertEquals(run(lines, { at: 2 }).history.drawnAt, 2);
    assertThrows(() => run(lines, { at: 5 }), UsageError, "after operation 5: t.txt ended after 4");
  });

  it("says that a storage is too small, or too large for the machine", () => {
    assertThrows(() => run([], { size: 100, max: 100 }), UsageError, "the storage has 100 bytes");
    assertThrows(() => run([], { size: 2 ** 50, max: 2 ** 50 }), UsageError, "Cannot make a storage of");
  });

  it("keeps every heap of a random trace sound", () => {
    for (const checked of [false, true]) {
      for (const alignment of [16, 32, 64] as const) {
        for (const seed of [1, 2]) {
          const { violations, failures, operations, stats } = runHeapTrace(
            new RandomHeapTrace(5000, seed, 300),
            { ...OPTIONS, checked, alignment },
            progress,
          );
          assertEquals([violations, failures.count, operations], [[], 0, 5000]);
          assert(stats.live > 100);
        }
      }
    }
  });
});
