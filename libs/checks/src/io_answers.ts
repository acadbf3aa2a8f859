import { show } from "./numbers.ts";
import { AVERROR, type AverrorCode, MediaError } from "@mediamem/interface";

/** How often in a row one call takes "none for now" for an answer: C asks for ever. */
const MAX_EMPTY = 1000;

/** Throws `CALLBACK` unless `count` can be how many bytes were put into a place for `room`, or an `AVERROR`. */
export function checkCount(op: string, count: number, room: number): void {
  if (!Number.isSafeInteger(count)) refuse(op, show(count), "a number of bytes or an AVERROR");
  if (count > room) refuse(op, `${count} bytes`, `at most the ${room} that were asked for`);
}

/** Gives how many bytes a source put into a place for `room`, 0 at the end; throws `CALLBACK` for what no source can answer. */
export function checkGiven(op: string, count: number | null, room: number): number {
  if (count === null) return 0;
  if (!Number.isSafeInteger(count) || count < 0) {
    refuse(op, show(count), "a number of bytes, or null at the end");
  }
  if (count > room) refuse(op, `${count} bytes`, `at most the ${room} that were asked for`);
  return count;
}

/** Whether a value is a promise, or behaves as one. */
export function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** Throws `CALLBACK` for a callback that had no bytes for so many times in a row. */
export function checkEmpty(op: string, times: number): void {
  if (times > MAX_EMPTY) refuse(op, `no bytes ${MAX_EMPTY} times in a row`, "some, or AVERROR.EOF");
}

/** Throws `CALLBACK` for a promise where nobody waits. What becomes of it is nobody's business any more. */
export function refusePromise(op: string, answer: unknown): void {
  if (!isPromise(answer)) return;
  answer.then(undefined, () => {});
  refuse(op, "a promise", "a number; the calls that end in Async wait for promises");
}

function refuse(op: string, found: string, wanted: string): never {
  throw new MediaError("CALLBACK", `Cannot go on after ${op}: it gave ${found}, wanted ${wanted}`, { op });
}

const CODES: ReadonlyMap<number, AverrorCode> = new Map(
  Object.entries(AVERROR).map(([code, value]) => [value, code as AverrorCode]),
);

/**
 * Gives what a call on a context returned; throws where it is negative.
 *
 * @param error The error that the context has: then it came from a callback.
 * @param cause What a callback threw when that error came about.
 */
export function ioResult(op: string, answer: number, error: number, cause: unknown): number {
  if (answer >= 0) return answer;
  const code = CODES.get(answer) ?? "UNKNOWN";
  const from = answer === error ? "a callback of the context gave it" : "the context cannot do this";
  throw new MediaError(code, `Cannot call ${op}: found ${code} (${answer}), wanted none: ${from}`, {
    op,
    averror: answer,
    ...(answer === AVERROR.EXTERNAL && cause !== undefined ? { cause } : {}),
  });
}
