import { AVERROR, MediaError, type Memory } from "@mediamem/interface";
import { fail, noMemory } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { checkSize } from "./arguments.ts";

/** What is known about sizes and addresses. */
export interface SizeFunctions extends Pick<Memory, "sizeMult"> {
  /** What every address of `av_malloc` is a multiple of. */
  measureAlignment(): number;
}

const TWO_64 = 1n << 64n;
const MAX_ALIGNMENT = 64;

/** So many blocks, each 16 bytes larger than the last, do not all happen to lie better than they must. */
const SAMPLES = 64;

/** Binds the functions to a library. */
export function sizeFunctions(library: AvutilLibrary): SizeFunctions {
  const { symbols } = library;
  const product = new BigUint64Array(1);
  let alignment = 0;

  return {
    sizeMult(a, b) {
      const op = "av_size_mult";
      checkSize(op, "a", a);
      checkSize(op, "b", b);
      // 56 has it in a header only.
      const result = symbols.av_size_mult?.(a, b, product) ?? multiply(a, b);
      if (result < 0) fail(op, result, `${a} and ${b}`);
      const exact = product[0]!;
      if (exact <= Number.MAX_SAFE_INTEGER) return Number(exact);
      throw new MediaError(
        "ERANGE",
        `Cannot call ${op}: ${a} times ${b} is ${exact}, wanted at most ${Number.MAX_SAFE_INTEGER}`,
        { op, averror: AVERROR.ERANGE },
      );
    },

    measureAlignment() {
      if (alignment === 0) alignment = measure();
      return alignment;
    },
  };

  function multiply(a: number, b: number): number {
    const exact = BigInt(a) * BigInt(b);
    if (exact >= TWO_64) return AVERROR.EINVAL;
    product[0] = exact;
    return 0;
  }

  /** The lowest bit that an address of real blocks has: the library was built with it and tells nobody. */
  function measure(): number {
    const op = "av_malloc";
    const addresses: number[] = [];
    let common = MAX_ALIGNMENT;
    try {
      for (let i = 0; i < SAMPLES; i++) {
        const size = 1 + 16 * i;
        const address = symbols.av_malloc(size);
        if (address === 0) noMemory(op, size);
        addresses.push(address);
        while (address % common !== 0) common /= 2;
      }
    } finally {
      for (const address of addresses) symbols.av_free(address);
    }
    return common;
  }
}
