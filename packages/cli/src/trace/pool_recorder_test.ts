import { describe, it } from "@std/testing/bdd";
import { assert, assertEquals } from "@std/assert";
import { PoolRecorder } from "./pool_recorder.ts";

describe("PoolRecorder", () => {
  it("remembers who had which buffer when", () => {
    const recorder = new PoolRecorder();
    const a = recorder.open(0);
    recorder.change(a, 0, true, "decoder");
    const b = recorder.open(1);
    recorder.change(b, 1, true, "filter");
    recorder.change(a, 3, false, null);
    recorder.change(a, 5, true, "encoder");
    recorder.close(b, 6);
    assertEquals(recorder.slots([a], 8), [
      {
        spans: [
          { from: 0, to: 3, out: 1, holder: "decoder" },
          { from: 3, to: 5, out: 0, holder: null },
          { from: 5, to: 8, out: 1, holder: "encoder" },
        ],
      },
      { spans: [{ from: 1, to: 6, out: 1, holder: "filter" }] },
    ]);
  });

  it("puts a new buffer into the first row that has none", () => {
    const recorder = new PoolRecorder();
    const [a, b, c] = [recorder.open(0), recorder.open(0), recorder.open(0)];
    recorder.close(b!, 1);
    recorder.close(a!, 1);
    assertEquals([recorder.open(2).row, recorder.open(2).row, recorder.open(2).row, c!.row], [0, 1, 3, 2]);
  });

  it("takes runs of any length: stretches become coarser, shares stay right", () => {
    const recorder = new PoolRecorder();
    const buffer = recorder.open(0);
    const last = 100_000;
    for (let step = 0; step < last; step += 10) {
      recorder.change(buffer, step, true, step < last / 2 ? "first" : `holder${step % 30}`);
      recorder.change(buffer, step + 4, false, null);
    }
    const [{ spans }] = recorder.slots([buffer], last) as [
      { spans: { from: number; to: number; out: number; holder: string | null }[] },
    ];
    assert(spans.length <= 720, `${spans.length} spans`);
    assertEquals([spans[0]!.from, spans.at(-1)!.to], [0, last]);
    for (const { out } of spans) assert(Math.abs(out - 0.4) < 0.05, `${out}`);
    const held = spans.reduce((sum, { from, to, out }) => sum + (to - from) * out, 0);
    assert(Math.abs(held - last * 0.4) < 5);
    assertEquals([spans[0]!.holder, spans.at(-1)!.holder], ["first", null]);
    for (const [i, { from }] of spans.entries()) assert(i === 0 || from === spans[i - 1]!.to);
  });

  it("counts rows beyond those that it remembers", () => {
    const recorder = new PoolRecorder();
    const buffers = Array.from({ length: 200 }, () => recorder.open(0));
    const slots = recorder.slots(buffers, 5);
    assertEquals(slots.length, 200);
    assertEquals([slots[0]!.spans.length, slots[199]!.spans.length], [1, 0]);
  });
});
