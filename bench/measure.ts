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

/** A part of a whole that is no time: what of a heap is holes. */
export interface Share {
  /** What of what: `fragmentation, 1000 live`. */
  readonly name: string;
  /** Whose. */
  readonly by: string;
  /** 0 to 100. */
  readonly percent: number;
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

/** Calls until the compilers have had their time: on a busy machine the best code comes late. */
function warmUp(call: () => unknown, milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) for (let i = 0; i < 100; i++) call();
}

/**
 * Measures each piece of work and prints all as one line of JSON: what `bench/compare.ts` reads.
 *
 * @param shares Works out what is no time, after all that is.
 */
export async function measureAll(
  works: readonly Work[],
  shares: () => readonly Share[] = () => [],
): Promise<void> {
  const quick = process.argv.includes("--quick");
  const results: Measurement[] = [];
  const progress = process.stderr.isTTY;
  for (const { name, by, prepare } of works) {
    if (progress) process.stderr.write(`\r\x1b[K${RUNTIME}: ${name} by ${by}`);
    const call = prepare();
    warmUp(call, quick ? 2 : 200);
    const stats = await measure(
      call,
      quick ? { min_cpu_time: 2e6, min_samples: 5 } : { min_cpu_time: 400e6 },
    );
    results.push({ name, by, nanoseconds: stats.p50 });
  }
  if (progress) process.stderr.write("\r\x1b[K");
  console.log(JSON.stringify({ runtime: RUNTIME, results, shares: shares() }));
}
