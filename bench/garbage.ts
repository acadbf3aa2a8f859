/** How many bytes of garbage a call leaves. */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { GARBAGE_WORKS } from "./garbage_works.ts";
import { type Figure, QUICK, RUNTIME } from "./measure.ts";

/** So many that one collection in all of them would be less than a byte for each. */
const CALLS = QUICK ? 100_000 : 20_000_000;

/**
 * Adds up what the collector of JavaScriptCore logged between the lines `warm` and `done`: it starts when so many bytes were allocated, and
 * says how many.
 */
export function loggedBytes(log: string): number {
  const [, rest = ""] = log.split(/^warm$/m);
  const [between = ""] = rest.split(/^done /m);
  return [...between.matchAll(/bytes allocated this cycle: (\d+)/g)].reduce(
    (sum, [, bytes]) => sum + Number(bytes),
    0,
  );
}

/** Makes a call many times in a process of its own; gives the bytes that each left. */
export function garbageFigure(name: string, by: string, work: keyof typeof GARBAGE_WORKS): Figure {
  const child = [fileURLToPath(new URL("./garbage_child.ts", import.meta.url)), work, String(CALLS)];
  const args = RUNTIME === "deno" ? ["run", "-A", "--quiet", ...child] : child;
  const { status, stderr } = spawnSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, BUN_JSC_logGC: "1" },
    maxBuffer: 2 ** 30,
  });
  const bytes = /^done (.*)$/m.exec(stderr)?.[1];
  if (status !== 0 || bytes === undefined) {
    throw new Error(`Cannot count the garbage: ${stderr.slice(-1000)}`);
  }
  const value = (RUNTIME === "bun" ? loggedBytes(stderr) : Number(bytes)) / CALLS;
  return { name, by, value, unit: "bytes" };
}
