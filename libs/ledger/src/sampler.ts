/**
 * Picks one of every so many, at a place in each row that changes from row to row.
 *
 * A program that takes the same few things for every picture would otherwise be sampled at the same one of them each time.
 */
export class Sampler {
  #every = 1;
  #left = 0;
  #pick = 0;
  #random = 1;

  /** Picks one of every `every` from now on. */
  reset(every: number): void {
    this.#every = every;
    this.#left = 0;
  }

  /** Whether this one is picked. */
  next(): boolean {
    if (this.#left === 0) {
      this.#left = this.#every;
      // The multiplier and increment of a full-period generator modulo 2^32; its upper bits are the good ones.
      this.#random = (Math.imul(this.#random, 1664525) + 1013904223) >>> 0;
      this.#pick = Math.floor(this.#random / 4294967296 * this.#every);
    }
    return --this.#left === this.#pick;
  }
}
