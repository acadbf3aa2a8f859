import { it } from "./bdd.ts";

/** A test by its name; `timeout` in milliseconds is for those that take long where others work, too. */
export type Test = (name: string, fn: () => void | Promise<void>, timeout?: number) => void;

/**
 * Gives `it()`, or one that skips its tests and says why in their names, since runners do not print reasons.
 *
 * @param reason What the machine lacks, null where it lacks nothing: `libavutil is missing`.
 */
export function itUnless(reason: string | null): Test {
  if (reason === null) {
    return (name, fn, timeout) => void it(name, timeout === undefined ? {} : { timeout }, fn);
  }
  return (name) => void it.skip(`${name} (skipped: ${reason})`, () => {});
}
