/** How many bytes of garbage a pair of calls on the fast grade of a pool leaves. */
import { spawnSync } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { type Figure, QUICK, RUNTIME } from "./measure.ts";

/** So many that one collection in all of them would be less than a byte for each. */
const PAIRS = QUICK ? 100_000 : 20_000_000;

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

/** Runs many pairs on the fast grade in a process of their own; gives the bytes that each left. */
export function garbageFigures(): Figure[] {
  const child = [fileURLToPath(new URL("./garbage_child.ts", import.meta.url)), String(PAIRS)];
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
  const value = (RUNTIME === "bun" ? loggedBytes(stderr) : Number(bytes)) / PAIRS;
  return [{ name: "garbage of a pool pair", by: "core-ts, unsafe", value, unit: "bytes" }];
}
