/** Makes a call many times, for `garbage.ts`: prints what V8 allocated meanwhile, and lines between which JavaScriptCore logs. */
import process from "node:process";
import { getHeapStatistics } from "node:v8";
import { GARBAGE_WORKS } from "./garbage_works.ts";

const work = process.argv[2] as keyof typeof GARBAGE_WORKS;
const calls = Number(process.argv[3]);
const call = GARBAGE_WORKS[work]();

function run(count: number): void {
  for (let i = 0; i < count; i++) call();
}

/** Bytes allocated on V8's heap since the start. The field is newer than the types of it. */
function allocated(): number {
  return (getHeapStatistics() as { total_allocated_bytes?: number }).total_allocated_bytes ?? NaN;
}

for (let i = 0; i < 200; i++) run(10_000);
process.stderr.write("warm\n");
const before = allocated();
run(calls);
const bytes = allocated() - before;
process.stderr.write(`done ${bytes}\n`);
