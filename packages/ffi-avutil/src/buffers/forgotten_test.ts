import { describe } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { collectGarbage, itUnless } from "@mediamem/testing";
import { loadAvutil } from "../load_avutil.ts";
import { testedAvutil } from "../tested_avutil.ts";

const { missing } = testedAvutil();
const it = itUnless(missing);

describe("a reference of libavutil that is never given back", () => {
  it("is found by the garbage collector, given back to C, and reported", async () => {
    using backend = loadAvutil({ tracing: "counts" });
    const { buffers, ledger } = backend;
    const freed: string[] = [];
    const kept = buffers.alloc(10);
    using pool = buffers.poolInit(20, { max: 1 });
    // In functions of their own, so that no stack frame holds them.
    (() => void buffers.alloc(100))();
    (() => void kept.ref())();
    (() => void buffers.create(new Uint8Array(5), { free: () => freed.push("created") }))();
    (() => void buffers.alloc(7).take())();
    (() => void pool.get())();
    (() => void (buffers.alloc(9).data[0] = 1))();
    assertEquals([ledger.live, kept.refCount], [7, 2]);
    // What was seen goes a round later than what was not.
    await collectGarbage(() => ledger.abandoned === 6 && ledger.bytes === 30);
    assertEquals([ledger.abandoned, ledger.live, ledger.bytes], [6, 1, 30]);
    await collectGarbage(() => freed.length === 1);
    assertEquals([freed, kept.refCount, pool.stats().out, pool.stats().idle], [["created"], 1, 0, 1]);
    kept.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 20]);
  });

  it("is not found twice, nor once it was given back, moved or taken", async () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    const kept = buffers.alloc(10);
    const taken = (() => {
      kept.ref().unref();
      const moved = kept.ref();
      moved.makeWritable();
      moved.unref();
      return kept.ref().take();
    })();
    (() => void buffers.alloc(1))();
    await collectGarbage(() => ledger.abandoned > 0);
    let rounds = 0;
    await collectGarbage(() => ++rounds > 5);
    assertEquals([ledger.abandoned, ledger.live, ledger.bytes, kept.refCount], [1, 2, 10, 2]);
    taken.unref();
    kept.unref();
    assertEquals([ledger.live, ledger.bytes], [0, 0]);
  });

  it("keeps its memory as long as somebody holds a view", async () => {
    using backend = loadAvutil();
    const { buffers, ledger } = backend;
    let views: Uint8Array[] = [];
    (() => {
      const ref = buffers.allocz(4096);
      const other = ref.ref();
      ref.data[5] = 7;
      views = [ref.data.subarray(5, 6), other.data];
      ref.unref();
    })();
    const address = (() => {
      const ref = buffers.alloc(50);
      return ref.address;
    })();
    await collectGarbage(() => ledger.abandoned === 2);
    // Memory that was given back would be written over now.
    for (let i = 0; i < 50; i++) buffers.allocz(4096).unref();
    assertEquals([views[0]![0], views[1]!.length, ledger.bytes, address > 0], [7, 4096, 4096, true]);
    views = [];
    await collectGarbage(() => ledger.bytes === 0);
    assertEquals([ledger.abandoned, ledger.live, ledger.bytes], [2, 0, 0]);
  });
});
