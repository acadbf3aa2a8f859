import type { ParameterValue } from "../../model.ts";
import { hashText } from "../../answer.ts";

/** A generator of numbers in 0 to 1 that gives the same row on every runtime (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A seed that follows from the parameters of a case and from nothing else. */
export function seedOf(...values: readonly ParameterValue[]): number {
  return hashText(values.join(";"));
}

/** Takes `count` of the values, in their order; all where there are fewer. */
export function sample<T>(values: readonly T[], count: number, seed: number, salt: string): readonly T[] {
  const random = seeded(seedOf(seed, salt));
  const left = values.map((_, index) => index);
  const taken: number[] = [];
  while (taken.length < count && left.length > 0) {
    taken.push(left.splice(Math.floor(random() * left.length), 1)[0]!);
  }
  return taken.sort((a, b) => a - b).map((index) => values[index]!);
}

/** Fills bytes with what follows from the seed (xorshift32). */
export function fillSeeded(bytes: Uint8Array, seed: number): void {
  let state = seed | 1;
  for (let i = 0; i < bytes.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state >>> 11;
  }
}
