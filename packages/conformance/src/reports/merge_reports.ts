import { DifferenceLog } from "../difference.ts";
import type { TestReport } from "./test_report.ts";
import type { KnownReport } from "../area_run.ts";
import { type RunReport, runtimeName, subjectName } from "./run_report.ts";

/**
 * Puts the shards of each run together. Reports of other runtimes, libraries or selections stay apart.
 *
 * A shard that is missing or comes twice is a failure of the merged report; what comes twice is counted once.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createCore } from "@mediamem/core-ts";
 * import { compareAreas, DEFAULT_SELECTION, imageArea, LiveSubject, mergeReports, parseQuery } from "@mediamem/conformance";
 *
 * using backend = createCore();
 * const subject = new LiveSubject(backend);
 * const query = parseQuery("image/linesize:format=nv12;*");
 * const shard = (index: number) => {
 *   const selection = { ...DEFAULT_SELECTION, query, shard: { index, count: 2 } };
 *   return compareAreas([imageArea], subject, subject, { selection });
 * };
 * const [whole] = mergeReports([await shard(1), await shard(2)]);
 * assertEquals(whole?.failures, []);
 * const [half] = mergeReports([await shard(1)]);
 * assertEquals(half?.failures, ["Shard 2/2 is missing"]);
 * ```
 */
export function mergeReports(reports: readonly RunReport[]): readonly RunReport[] {
  const groups = new Map<string, RunReport[]>();
  for (const report of reports) {
    const { areas, scope, seed, cases } = report.selection;
    const key = JSON.stringify([
      runtimeName(report),
      subjectName(report.ours),
      subjectName(report.library),
      areas,
      scope,
      seed,
      cases,
    ]);
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  return [...groups.values()].map(mergeGroup);
}

function mergeGroup(group: readonly RunReport[]): RunReport {
  const first = group[0]!;
  const failures: string[] = [];
  const shards = new Map<number, RunReport>();
  const count = Math.max(...group.map(({ selection }) => selection.shard?.count ?? 1));
  for (const report of group) {
    const { index, count: of } = report.selection.shard ?? { index: 1, count: 1 };
    if (of !== count) {
      failures.push(`Shard ${index}/${of} is from a run of ${of} shards, the others from one of ${count}`);
    } else if (shards.has(index)) failures.push(`Shard ${index}/${of} came twice`);
    else shards.set(index, report);
  }
  for (let index = 1; index <= count; index++) {
    if (!shards.has(index)) failures.push(`Shard ${index}/${count} is missing`);
  }
  const parts = [...shards.entries()].sort(([a], [b]) => a - b).map(([, report]) => report);
  const log = new DifferenceLog();
  for (const { differences } of parts) differences.forEach((difference) => log.add(difference));
  const tests = mergeTests(parts.flatMap((part) => part.tests));
  const place = new Map(tests.map(({ test }, i) => [test, i]));
  return {
    ...first,
    selection: { ...first.selection, shard: null },
    tests,
    differences: log.list().toSorted((a, b) => place.get(a.test)! - place.get(b.test)!),
    cases: parts.flatMap(({ cases }) => cases),
    known: mergeKnown(parts.flatMap(({ known }) => known)),
    notices: [...new Set(parts.flatMap(({ notices }) => notices))],
    failures: [...parts.flatMap((part) => part.failures), ...failures],
  };
}

function mergeTests(tests: readonly TestReport[]): readonly TestReport[] {
  const merged = new Map<string, TestReport>();
  for (const test of tests) {
    const before = merged.get(test.test);
    merged.set(
      test.test,
      before === undefined ? test : {
        ...before,
        comparisons: before.comparisons + test.comparisons,
        equal: before.equal + test.equal,
        different: before.different + test.different,
        errors: addCounts(before.errors, test.errors),
        known: addCounts(before.known, test.known),
        notComparable: addCounts(before.notComparable, test.notComparable),
        milliseconds: before.milliseconds + test.milliseconds,
      },
    );
  }
  return [...merged.values()];
}

function mergeKnown(known: readonly KnownReport[]): readonly KnownReport[] {
  const merged = new Map<string, KnownReport>();
  for (const each of known) {
    merged.set(each.id, { ...each, count: each.count + (merged.get(each.id)?.count ?? 0) });
  }
  return [...merged.values()];
}

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const counts = { ...a };
  for (const [key, count] of Object.entries(b)) counts[key] = (counts[key] ?? 0) + count;
  return counts;
}
