/**
 * Adds up the tests of JUnit files: prints `passed failed skipped`.
 *
 * Run: `bun scripts/count_tests.ts FILE...`
 */
import { readFileSync } from "node:fs";
import process from "node:process";

/** How many tests of one kind of end a report holds. */
export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** Counts the leaves of one JUnit report: Deno lists a suite as a test of its own, beside `suite > test`. */
export function countTests(xml: string): Count {
  const count: Count = { passed: 0, failed: 0, skipped: 0 };
  const cases = [...xml.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)];
  const parents = new Set<string>();
  for (const [, name = ""] of cases) {
    const parts = name.split(" &gt; ");
    for (let i = 1; i < parts.length; i++) parents.add(parts.slice(0, i).join(" &gt; "));
  }
  for (const [, name = "", body = ""] of cases) {
    const failed = body.includes("<failure") || body.includes("<error");
    // A failing suite repeats the failure of its tests, unless a hook of its own failed.
    if (parents.has(name)) continue;
    if (failed) count.failed++;
    else if (body.includes("<skipped")) count.skipped++;
    else count.passed++;
  }
  return count;
}

if (import.meta.main) {
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const file of process.argv.slice(2)) {
    const { passed, failed, skipped } = countTests(readFileSync(file, "utf8"));
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  console.log(total.passed, total.failed, total.skipped);
}
