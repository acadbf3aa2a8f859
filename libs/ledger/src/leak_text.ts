import type { LeakGroup } from "@mediamem/interface";
import { plural } from "@mediamem/checks";

/** What a report's text tells. */
export interface LeakFacts {
  /** How many are alive. */
  readonly count: number;
  /** Bytes that these keep alive. */
  readonly bytes: number;
  /** The same by op and site. */
  readonly groups: readonly LeakGroup[];
  /** How many are alive that nothing is known of. */
  readonly unknown: number;
  /** How many the garbage collector found. */
  readonly found: number;
  /** Those of them that are known, by op and site. */
  readonly abandoned: readonly LeakGroup[];
}

/** Writes a report for people, several lines. */
export function leakText(facts: LeakFacts): string {
  const { count, bytes, groups, unknown, found, abandoned } = facts;
  const nothing = unknown === 0 ? "Nothing is alive" : "Nothing is alive that was traced";
  const lines = count === 0 ? [nothing] : [`${count} alive, ${plural(bytes, "byte")}:`];
  for (const group of groups) pushGroup(lines, group, `, oldest ${group.oldest} ms`);
  if (unknown > 0) lines.push(`${unknown} more alive, taken while tracing was off`);
  if (found > 0) {
    const known = abandoned.reduce((sum, group) => sum + group.count, 0);
    const end = known === 0 ? "" : known === found ? ":" : `, ${known} of them known:`;
    lines.push(`${found} never given back, found by the garbage collector${end}`);
    for (const group of abandoned) pushGroup(lines, group, "");
  }
  return lines.join("\n");
}

function pushGroup(lines: string[], group: LeakGroup, age: string): void {
  lines.push(`  ${group.count} of ${group.op}, ${plural(group.bytes, "byte")}${age}`);
  if (group.site === null) lines.push(`    no stack was kept (tracing "all" keeps every one)`);
  else for (const call of group.site) lines.push(`    at ${call}`);
}
