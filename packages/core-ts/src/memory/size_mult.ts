import { invalid } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import { checkSize } from "./memory_arguments.ts";

/** `av_size_mult` */
export function sizeMult(a: number, b: number): number {
  const op = "av_size_mult";
  checkSize(op, "a", a);
  checkSize(op, "b", b);
  const product = a * b;
  // 0 and not -0.
  if (product <= Number.MAX_SAFE_INTEGER) return product + 0;
  const exact = BigInt(a) * BigInt(b);
  if (exact >= 2n ** 64n) {
    invalid(op, `Cannot multiply ${a} by ${b}: the product is ${exact}, wanted below ${2n ** 64n}`);
  }
  throw new MediaError(
    "ERANGE",
    `Cannot multiply ${a} by ${b}: the product is ${exact}, wanted at most ${Number.MAX_SAFE_INTEGER}, the largest that a number holds`,
    { op, averror: AVERROR.ERANGE },
  );
}
