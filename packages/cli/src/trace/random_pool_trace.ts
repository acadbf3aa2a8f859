import type { PoolOperation } from "./pool_operation.ts";
import { RandomNumbers } from "./random_numbers.ts";
import type { TraceSource } from "./trace_source.ts";

const HOLDERS = ["decoder", "filter", "encoder"];
// Of 128 operations so many are each of these; the others are releases.
const GETS = 66;
const TRIMS = 1;

/** How many operations lie between two changes of size. */
const RESIZE_EVERY = 200;

/**
 * A trace of a pool that follows from a seed: of 128 operations 66 are a get for one of three holders, 61 a release of a random buffer and 1 a
 * trim; once as many buffers are out as there may be, a release stands in for each get. Each 200 operations the size changes between two.
 */
export class RandomPoolTrace implements TraceSource<PoolOperation> {
  readonly name = "random trace";
  readonly total: number;
  readonly #random: RandomNumbers;
  readonly #mostOut: number;
  readonly #sizes: readonly string[];
  readonly #out: string[] = [];
  #done = 0;

  /**
   * Begins a trace.
   *
   * @param operations How many operations it has.
   * @param seed What it follows from.
   * @param mostOut How many buffers are out at most.
   * @param sizes The sizes that follow each other; the first is that of the pool at first.
   */
  constructor(operations: number, seed: number, mostOut: number, sizes: readonly string[]) {
    this.total = operations;
    this.#random = new RandomNumbers(seed);
    this.#mostOut = mostOut;
    this.#sizes = sizes;
  }

  get done(): number {
    return this.#done;
  }

  next(): PoolOperation | null {
    if (this.#done === this.total) return null;
    const line = ++this.#done;
    if (line % RESIZE_EVERY === 0) {
      const size = this.#sizes[(line / RESIZE_EVERY) % this.#sizes.length]!;
      return { word: "resize", name: "", holder: null, size, line };
    }
    const out = this.#out;
    const dice = this.#random.below(128);
    if (dice < TRIMS) return { word: "trim", name: "", holder: null, size: "", line };
    if (out.length === 0 || (dice < TRIMS + GETS && out.length < this.#mostOut)) {
      const name = `frame${line}`;
      out.push(name);
      return { word: "get", name, holder: HOLDERS[this.#random.below(HOLDERS.length)]!, size: "", line };
    }
    const victim = this.#random.below(out.length);
    const name = out[victim]!;
    out[victim] = out[out.length - 1]!;
    out.pop();
    return { word: "release", name, holder: null, size: "", line };
  }

  where(line: number): string {
    return `operation ${line}`;
  }

  [Symbol.dispose](): void {}
}
