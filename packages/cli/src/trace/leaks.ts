import type { NameTable } from "./name_table.ts";

/** Blocks that were never freed and have the same name but for a number. */
export interface LeakedBlocks {
  /** The name, of several `#` for its number. */
  readonly name: string;
  readonly count: number;
  readonly bytes: number;
  /** Bytes of the largest. */
  readonly largest: number;
  /** The line that took the first. */
  readonly line: number;
}

/** What a trace never freed. */
export interface Leaks {
  readonly count: number;
  readonly bytes: number;
  /** Most bytes first. */
  readonly groups: readonly LeakedBlocks[];
}

/** `frame12` and `frame13` are of one kind, and so are addresses such as `0x55d0c1a2`. */
function stemOf(name: string): string {
  if (/^0x[0-9a-f]+$/i.test(name)) return "0x#";
  return name.replace(/\d+$/, "#");
}

/** Groups what is still in use by its name without the number at its end. A block that is alone keeps its number. */
export function findLeaks(
  blocks: NameTable<{ readonly address: number; readonly size: number; readonly line: number }>,
): Leaks {
  const groups = new Map<
    string,
    { name: string; count: number; bytes: number; largest: number; line: number }
  >();
  let count = 0;
  let bytes = 0;
  for (const [name, { address, size, line }] of blocks.entries()) {
    if (address === 0) continue;
    count++;
    bytes += size;
    const stem = stemOf(name);
    const group = groups.get(stem);
    if (group === undefined) groups.set(stem, { name, count: 1, bytes: size, largest: size, line });
    else {
      group.name = stem;
      group.count++;
      group.bytes += size;
      group.largest = Math.max(group.largest, size);
      group.line = Math.min(group.line, line);
    }
  }
  return { count, bytes, groups: [...groups.values()].sort((a, b) => b.bytes - a.bytes || a.line - b.line) };
}
