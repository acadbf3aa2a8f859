/**
 * The area memory: a mixed trace on the heap of `core-ts`, 1 to 4096 bytes aligned to 64, a random block freed for each new one; at 1000
 * blocks also on the allocator of `@thi.ng/malloc`, which a user would take instead.
 *
 * `bench/native/memory.c` runs the same trace on `posix_memalign` and `free`; `scripts/bench` runs both and prints the ratios.
 */
import { Heap } from "@mediamem/core-ts/memory";
import { MemPool } from "@thi.ng/malloc";
import { type Figure, measureAll, QUICK, type Work } from "./measure.ts";

/** How many steps there are before they come again; a power of two. */
const STEPS = 2 ** 20;
const LIVE = QUICK ? [1000] : [1000, 10_000, 100_000, 1_000_000];
const OPERATIONS = QUICK ? 100_000 : 10_000_000;

/** One step: which block is freed, and how many bytes are asked for in its place. */
interface Trace {
  readonly victims: Uint32Array;
  readonly sizes: Uint16Array;
}

let seed = 1;

/** The same numbers as in C: xorshift, 32 bits. */
function random(): number {
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return seed >>> 0;
}

function randomSize(): number {
  return 1 + (random() & 4095);
}

/** What a trace is played on. */
interface Allocator {
  malloc(size: number): number;
  free(address: number): unknown;
}

/** Fills an allocator with `live` blocks; gives the function that makes the next step of the trace. */
function startTrace(allocator: Allocator, live: number): () => void {
  seed = 1;
  const blocks = new Uint32Array(live);
  for (let i = 0; i < live; i++) blocks[i] = allocator.malloc(randomSize());
  const { victims, sizes }: Trace = { victims: new Uint32Array(STEPS), sizes: new Uint16Array(STEPS) };
  for (let i = 0; i < STEPS; i++) {
    victims[i] = Math.floor(random() / 2 ** 32 * live);
    sizes[i] = randomSize();
  }
  let at = 0;
  return () => {
    const victim = victims[at]!;
    allocator.free(blocks[victim]!);
    blocks[victim] = allocator.malloc(sizes[at]!);
    at = (at + 1) & (STEPS - 1);
  };
}

/** Bytes that have room for `live` blocks. */
function room(live: number): number {
  return live * 3072 + 2 ** 20;
}

function newHeap(live: number): Heap {
  return Heap.create(new ArrayBuffer(room(live)));
}

/** How the memory looks after many operations, a free and a malloc counted as two. */
function figures(): Figure[] {
  return LIVE.flatMap((live) => {
    const heap = newHeap(live);
    const step = startTrace(heap, live);
    for (let i = 0; i < OPERATIONS / 2; i++) step();
    const { bytes, fragmentation } = heap.stats();
    let start = 0;
    let end = 0;
    for (const block of heap.walk()) {
      start ||= block.start;
      if (block.state === "used") end = block.start + block.length;
    }
    return [
      { name: `fragmentation, ${live} live`, by: "core-ts", value: fragmentation * 100, unit: "%" },
      {
        name: `memory not asked for, ${live} live`,
        by: "core-ts",
        value: (1 - bytes / (end - start)) * 100,
        unit: "%",
      },
    ];
  });
}

const works = LIVE.map((live): Work => ({
  name: `free and malloc, ${live} live`,
  by: "core-ts",
  prepare: () => startTrace(newHeap(live), live),
}));
works.push({
  name: "free and malloc, 1000 live",
  by: "@thi.ng/malloc",
  prepare: () => startTrace(new MemPool({ size: room(1000), align: 64 }), 1000),
});
await measureAll(works, { figures });
