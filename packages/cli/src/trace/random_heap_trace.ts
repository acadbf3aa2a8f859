import type { HeapOperation } from "./heap_operation.ts";
import { RandomNumbers } from "./random_numbers.ts";
import type { TraceSource } from "./trace_source.ts";

const LARGEST = 4096;
// Of 32 operations so many are each of these; the others are frees.
const REALLOCS = 2;
const MALLOCS = 18;

/**
 * A mixed trace that follows from a seed: of 16 operations 1 is a realloc, 9 are a malloc and 6 free a random block; once as many blocks are in
 * use as there may be, a free stands in for each malloc. Sizes from 1 to 4096, all as likely.
 */
export class RandomHeapTrace implements TraceSource<HeapOperation> {
  readonly name = "random trace";
  readonly total: number;
  readonly #mostLive: number;
  readonly #random: RandomNumbers;
  readonly #live: string[] = [];
  #done = 0;

  /**
   * Begins a trace.
   *
   * @param operations How many operations it has.
   * @param seed What it follows from.
   * @param mostLive How many blocks are in use at most.
   */
  constructor(operations: number, seed: number, mostLive: number) {
    this.total = operations;
    this.#random = new RandomNumbers(seed);
    this.#mostLive = mostLive;
  }

  get done(): number {
    return this.#done;
  }

  next(): HeapOperation | null {
    if (this.#done === this.total) return null;
    const line = ++this.#done;
    const live = this.#live;
    const dice = this.#random.below(32);
    if (
      live.length === 0 || (dice >= REALLOCS && dice < REALLOCS + MALLOCS && live.length < this.#mostLive)
    ) {
      const name = `block${line}`;
      live.push(name);
      return { word: "malloc", name, size: this.#size(), alignment: 0, offset: 0, line };
    }
    const victim = this.#random.below(live.length);
    const name = live[victim]!;
    if (dice < REALLOCS) return { word: "realloc", name, size: this.#size(), alignment: 0, offset: 0, line };
    live[victim] = live[live.length - 1]!;
    live.pop();
    return { word: "free", name, size: 0, alignment: 0, offset: 0, line };
  }

  #size(): number {
    return 1 + this.#random.below(LARGEST);
  }

  where(line: number): string {
    return `operation ${line}`;
  }

  [Symbol.dispose](): void {}
}
