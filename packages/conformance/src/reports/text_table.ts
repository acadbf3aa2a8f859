/** One column of a table. */
export interface Column {
  readonly title: string;
  /** Numbers are flush right. */
  readonly right?: boolean;
  /** The column may be left out where there is no room: the higher, the sooner. */
  readonly optional?: number;
}

const GAP = "  ";

/**
 * Writes a table as lines of at most `width` characters.
 *
 * Where it does not fit, optional columns go first; then the first column stands on a line of its own.
 */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  let kept = columns.map((_, i) => i);
  const lengths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const room = (which: readonly number[]): number =>
    which.reduce((total, i) => total + lengths[i]! + GAP.length, -GAP.length);
  const optional = kept.filter((i) => columns[i]!.optional !== undefined)
    .sort((a, b) => columns[b]!.optional! - columns[a]!.optional!);
  for (const i of optional) {
    if (room(kept) > width) kept = kept.filter((other) => other !== i);
  }
  const titles = columns.map(({ title }) => title);
  const line = (row: readonly string[], which: readonly number[]): string =>
    which.map((i) => columns[i]!.right ? row[i]!.padStart(lengths[i]!) : row[i]!.padEnd(lengths[i]!)).join(
      GAP,
    ).trimEnd();
  if (room(kept) <= width) return [titles, ...rows].map((row) => line(row, kept));
  const [first, ...others] = kept;
  if (room(others) <= width) {
    return [titles, ...rows].flatMap((row) => [row[first!]!, line(row, others)]);
  }
  return rows.flatMap((row) => [row[first!]!, ...others.map((i) => `${GAP}${titles[i]} ${row[i]}`)]);
}

/** Breaks a text into lines of at most `width` characters, each after `indent`. Words that are longer stay whole. */
export function wrapText(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/)) {
    if (line.length > indent.length && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line];
}

/** `1,234,567`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
