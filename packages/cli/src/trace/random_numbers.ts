/** Numbers that a seed gives, the same on every runtime: xorshift, 32 bits. */
export class RandomNumbers {
  #state: number;

  /** Starts with a seed, an integer from 0 to 4294967295. */
  constructor(seed: number) {
    // Seeds beside each other begin apart, and none of them is the state 0, which stays 0.
    this.#state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
    for (let i = 0; i < 8; i++) this.#next();
  }

  #next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state >>> 0;
  }

  /** An integer from 0 to `count - 1`. */
  below(count: number): number {
    return Math.floor((this.#next() / 2 ** 32) * count);
  }
}
