/** Gets from a pool on the fast grade and gives back many times, for `garbage.ts`: prints what V8 allocated meanwhile, and lines between which JavaScriptCore logs. */
import process from "node:process";
import { getHeapStatistics } from "node:v8";
import { unsafePair } from "./pool_pair.ts";

const pairs = Number(process.argv[2]);
const pair = unsafePair();

function run(count: number): void {
  for (let i = 0; i < count; i++) pair();
}

/** Bytes allocated on V8's heap since the start. The field is newer than the types of it. */
function allocated(): number {
  return (getHeapStatistics() as { total_allocated_bytes?: number }).total_allocated_bytes ?? NaN;
}

for (let i = 0; i < 200; i++) run(10_000);
process.stderr.write("warm\n");
const before = allocated();
run(pairs);
const bytes = allocated() - before;
process.stderr.write(`done ${bytes}\n`);
