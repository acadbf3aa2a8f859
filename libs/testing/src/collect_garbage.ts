import v8 from "node:v8";
import vm from "node:vm";

const bun = (globalThis as { readonly Bun?: { gc(force: boolean): void } }).Bun;

/** Runs the garbage collector and what it has found, until `done` is true; a runtime may need several rounds. Gives up after a hundred. */
export async function collectGarbage(done: () => boolean): Promise<void> {
  if (bun === undefined) v8.setFlagsFromString("--expose-gc");
  const gc = bun === undefined ? vm.runInNewContext("gc") as () => void : () => bun.gc(true);
  for (let round = 0; round < 100 && !done(); round++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
