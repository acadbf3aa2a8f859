/**
 * The area memory: a mixed trace on the heap of `core-ts`, 1 to 4096 bytes aligned to 64, a random block freed for each new one.
 *
 * `bench/native/memory.c` runs the same trace on `posix_memalign` and `free`; `scripts/bench` runs both and prints the ratios.
 */
import process from "node:process";
import { Heap } from "@mediamem/core-ts/memory";
import { measureAll, type Share, type Work } from "./measure.ts";

/** How many steps there are before they come again; a power of two. */
const STEPS = 2 ** 20;
const quick = process.argv.includes("--quick");
const LIVE = quick ? [1000] : [1000, 10_000, 100_000, 1_000_000];
const OPERATIONS = quick ? 100_000 : 10_000_000;

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

/** A heap with `live` blocks, and the function that makes the next step of the trace. */
function startTrace(live: number): { readonly heap: Heap; readonly step: () => void } {
  seed = 1;
  const heap = Heap.create(new ArrayBuffer(live * 3072 + 2 ** 20));
  const blocks = new Uint32Array(live);
  for (let i = 0; i < live; i++) blocks[i] = heap.malloc(randomSize());
  const { victims, sizes }: Trace = { victims: new Uint32Array(STEPS), sizes: new Uint16Array(STEPS) };
  for (let i = 0; i < STEPS; i++) {
    victims[i] = Math.floor(random() / 2 ** 32 * live);
    sizes[i] = randomSize();
  }
  let at = 0;
  const step = (): void => {
    const victim = victims[at]!;
    heap.free(blocks[victim]!);
    blocks[victim] = heap.malloc(sizes[at]!);
    at = (at + 1) & (STEPS - 1);
  };
  return { heap, step };
}

/** How the memory looks after many operations, a free and a malloc counted as two. */
function shares(): Share[] {
  return LIVE.flatMap((live) => {
    const { heap, step } = startTrace(live);
    for (let i = 0; i < OPERATIONS / 2; i++) step();
    const { bytes, fragmentation } = heap.stats();
    let start = 0;
    let end = 0;
    for (const block of heap.walk()) {
      start ||= block.start;
      if (block.state === "used") end = block.start + block.length;
    }
    return [
      { name: `fragmentation, ${live} live`, by: "core-ts", percent: fragmentation * 100 },
      {
        name: `memory not asked for, ${live} live`,
        by: "core-ts",
        percent: (1 - bytes / (end - start)) * 100,
      },
    ];
  });
}

const works = LIVE.map((live): Work => ({
  name: `free and malloc, ${live} live`,
  by: "core-ts",
  prepare: () => startTrace(live).step,
}));
await measureAll(works, shares);
