import type { LeakGroup } from "@mediamem/interface";
import type { LedgerEntry } from "./ledger_entry.ts";

/** Puts what one call took at one place together, most bytes first, then most in number. */
export function groupEntries(entries: Iterable<LedgerEntry>, now: number): readonly LeakGroup[] {
  const groups = new Map<string, Counted>();
  for (const { op, site, bytes, time } of entries) {
    const key = site === null ? op : `${op}\n${site.join("\n")}`;
    // A clock that was set back must not make anything younger than it can be.
    const age = Math.max(0, now - time);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { op, site, count: 1, bytes, oldest: age });
    else {
      group.count++;
      group.bytes += bytes;
      group.oldest = Math.max(group.oldest, age);
    }
  }
  return [...groups.values()].sort((a, b) => b.bytes - a.bytes || b.count - a.count);
}

/** A group while it is counted. */
type Counted = { -readonly [Key in keyof LeakGroup]: LeakGroup[Key] };
