import type { BlockTally } from "./check.ts";
import { NEWEST_AT, OLDEST_AT } from "./heap_format.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { YOUNGER } from "./quarantine.ts";
import { poisonDamage, zoneDamage } from "./red_zone.ts";

/** Holds the quarantine against the blocks that say they are in it, and looks for writes around blocks in use and into freed ones. */
export function checkQuarantine(
  memory: HeapMemory,
  words: Int32Array,
  tally: BlockTally,
  violations: string[],
): void {
  const { base } = memory;
  const listed = new Set<number>();
  let last = 0;
  for (let block = words[base + OLDEST_AT]!; block !== 0; block = words[block + YOUNGER]!) {
    if (!tally.quarantined.has(block) || listed.has(block)) {
      violations.push(
        `The quarantine leads to ${block * 4}, where no block in quarantine is that was not listed before`,
      );
      break;
    }
    listed.add(block);
    last = block;
  }
  if (words[base + NEWEST_AT] !== last) {
    violations.push(`The quarantine ends at ${words[base + NEWEST_AT]! * 4}, wanted ${last * 4}`);
  }
  for (const block of tally.quarantined) {
    if (!listed.has(block)) violations.push(`The block at ${block * 4} says it is in quarantine, and is not`);
  }
  if (!memory.checked) return;
  for (const block of tally.used) pushDamage(zoneDamage(memory, block), violations);
  for (const block of tally.quarantined) pushDamage(poisonDamage(memory, block), violations);
}

function pushDamage(damage: string | undefined, violations: string[]): void {
  if (damage !== undefined) violations.push(damage[0]!.toUpperCase() + damage.slice(1));
}
