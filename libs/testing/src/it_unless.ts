import { it } from "./bdd.ts";

/**
 * Gives `it()`, or one that skips its tests and says why in their names, since runners do not print reasons.
 *
 * @param reason What the machine lacks, null where it lacks nothing: `libavutil is missing`.
 */
export function itUnless(reason: string | null): (name: string, fn: () => void | Promise<void>) => void {
  if (reason === null) return (name, fn) => void it(name, fn);
  return (name) => void it.skip(`${name} (skipped: ${reason})`, () => {});
}
