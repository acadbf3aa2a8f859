import { measure } from "mitata";
import process from "node:process";

/** One measured line: who did what, in nanoseconds a call. */
export interface Measurement {
  /** What was done: `bufferSize`. The same word in C, over FFI and in TypeScript. */
  readonly name: string;
  /** Who did it: `core-ts`, `ffi`, `C`, or what a user would write instead. */
  readonly by: string;
  /** Median, ns a call. */
  readonly nanoseconds: number;
}

/** What was measured and is no time: what of a heap is holes, how much garbage a call leaves. */
export interface Figure {
  /** What: `fragmentation, 1000 live`. */
  readonly name: string;
  /** Whose. */
  readonly by: string;
  /** How much. */
  readonly value: number;
  /** Of what. */
  readonly unit: "%" | "bytes";
}

/** What is measured in another way than one call after the other, after all that is. */
export interface Further {
  /** More times. */
  readonly results?: () => Promise<readonly Measurement[]>;
  /** What is no time. */
  readonly figures?: () => readonly Figure[];
}

/** A piece of work; `prepare` gives the function whose calls are timed. */
export interface Work {
  readonly name: string;
  readonly by: string;
  readonly prepare: () => () => unknown;
}

/** Which runtime this is. */
export const RUNTIME: string = process.versions.bun !== undefined
  ? "bun"
  : process.versions.deno !== undefined
  ? "deno"
  : "node";

/** Whether this only shows that the benches run: the figures of such a run mean nothing. */
export const QUICK: boolean = process.argv.includes("--quick");

/** Calls until the compilers have had their time: on a busy machine the best code comes late. */
function warmUp(call: () => unknown, milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) for (let i = 0; i < 100; i++) call();
}

/** Measures each piece of work and prints all as one line of JSON: what `bench/compare.ts` reads. */
export async function measureAll(works: readonly Work[], further: Further = {}): Promise<void> {
  const results: Measurement[] = [];
  const progress = process.stderr.isTTY;
  for (const { name, by, prepare } of works) {
    if (progress) process.stderr.write(`\r\x1b[K${RUNTIME}: ${name} by ${by}`);
    const call = prepare();
    warmUp(call, QUICK ? 2 : 200);
    const stats = await measure(
      call,
      QUICK ? { min_cpu_time: 2e6, min_samples: 5 } : { min_cpu_time: 400e6 },
    );
    results.push({ name, by, nanoseconds: stats.p50 });
  }
  if (progress) process.stderr.write("\r\x1b[K");
  results.push(...await further.results?.() ?? []);
  console.log(JSON.stringify({ runtime: RUNTIME, results, figures: further.figures?.() ?? [] }));
}
