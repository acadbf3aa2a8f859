import type { PoolHolder } from "@mediamem/interface";
import type { PoolTicket } from "./pool_ticket.ts";

/** How many of the holders are named in a text. */
const NAMED = 5;

/** Puts the tickets of one holder and one place together, most first. `unnamed` more are out without a ticket. */
export function groupHolders(tickets: Iterable<PoolTicket>, unnamed: number): readonly PoolHolder[] {
  const groups = new Map<string, Counted>();
  if (unnamed > 0) groups.set("null", { holder: null, site: null, count: unnamed });
  for (const { holder, site } of tickets) {
    const name = JSON.stringify(holder);
    const key = site === null ? name : `${name}\n${site.join("\n")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { holder, site, count: 1 });
    else group.count++;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/** Says who holds the buffers: `3 by decoder, 1 at main (file:1:2), 2 unnamed (name them, or turn tracing on)`. */
export function poolHoldersText(holders: readonly PoolHolder[]): string {
  const named = holders.slice(0, NAMED).map(({ holder, site, count }) => {
    if (holder === null && site === null) return `${count} unnamed (name them, or turn tracing on)`;
    return `${count}${holder === null ? "" : ` by ${holder}`}${site === null ? "" : ` at ${site[0]}`}`;
  });
  const rest = holders.slice(NAMED).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) named.push(`${rest} by others`);
  return named.join(", ");
}

/** A holder while it is counted. */
type Counted = { -readonly [Key in keyof PoolHolder]: PoolHolder[Key] };
