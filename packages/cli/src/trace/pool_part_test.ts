import type { BufferPool, BufferRef, PoolStats } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { PoolPart } from "./pool_part.ts";
import { PoolRecorder } from "./pool_recorder.ts";

/** A pool whose statistics are what a test says. */
function fakePool() {
  const stats: { -readonly [name in keyof PoolStats]: number } = {
    hits: 0,
    misses: 0,
    out: 0,
    idle: 0,
    returned: 0,
    freed: 0,
    peak: 0,
  };
  let trimmed = 0;
  const pool = { size: 1, stats: () => stats, trim: () => trimmed } as unknown as BufferPool;
  return {
    pool,
    stats,
    trims: (count: number) => {
      trimmed = count;
    },
  };
}

const at = (address: number): BufferRef => ({ address }) as BufferRef;

describe("PoolPart", () => {
  it("knows of a library without a trim which buffers are not used again", () => {
    const { pool, stats, trims } = fakePool();
    const recorder = new PoolRecorder();
    const part = new PoolPart(pool, "fake", recorder, 0);
    const made = (address: number, step: number): void => {
      stats.misses++;
      stats.out++;
      part.took(at(address), `h${address}`, step);
    };
    const back = (address: number, idle: number, step: number): void => {
      stats.out--;
      stats.idle = idle;
      part.gaveBack(address, step);
    };
    made(1, 0);
    made(2, 1);
    made(3, 2);
    back(3, 1, 3);
    trims(1);
    stats.idle = 0;
    part.trim(4);
    assertEquals(part.split, true);
    // 1 and 2 were out at the trim: 1 waits until 2 is back, a new one is used again meanwhile.
    back(1, 1, 5);
    made(4, 6);
    back(4, 2, 7);
    back(2, 1, 8);
    stats.out++;
    part.took(at(4), "again", 9);
    const rows = recorder.slots(part.buffers(), 10).map(({ spans }) =>
      spans.map(({ from, to, holder }) => [from, to, holder])
    );
    assertEquals(rows, [
      [[0, 5, "h1"], [5, 8, null]],
      [[1, 8, "h2"]],
      [[2, 3, "h3"], [3, 4, null], [6, 7, "h4"], [7, 9, null], [9, 10, "again"]],
    ]);
  });

  it("takes new memory where old memory was that was freed unseen", () => {
    const { pool, stats } = fakePool();
    const recorder = new PoolRecorder();
    const part = new PoolPart(pool, "fake", recorder, 0);
    stats.misses = stats.out = 1;
    part.took(at(1), "a", 0);
    stats.out = 0;
    stats.idle = 1;
    part.gaveBack(1, 2);
    stats.idle = 0;
    stats.misses = 2;
    part.took(at(1), "b", 4);
    assertEquals([...part.buffers()].length, 1);
    assertEquals(recorder.slots(part.buffers(), 5).map(({ spans }) => spans.map(({ holder }) => holder)), [
      ["a", null],
      ["b"],
    ]);
  });
});
