import Table, { type CharName } from "cli-table3";

/** A column of a table for people. */
export interface Column<Row> {
  readonly head: string;
  readonly value: (row: Row) => string;
  /** Numbers stand to the right. */
  readonly align?: "left" | "right";
  /** Where the table is too wide, columns go, the highest number first; columns without one stay. */
  readonly drop?: number;
}

const GAP = 2;
const LINES: readonly CharName[] = [
  ...["top", "top-mid", "top-left", "top-right"] as const,
  ...["bottom", "bottom-mid", "bottom-left", "bottom-right"] as const,
  ...["left", "left-mid", "mid", "mid-mid", "right", "right-mid"] as const,
];
const CHARS = { ...Object.fromEntries(LINES.map((name) => [name, ""])), middle: " ".repeat(GAP) };

function widthOf<Row>(column: Column<Row>, rows: readonly Row[]): number {
  return rows.reduce((width, row) => Math.max(width, column.value(row).length), column.head.length);
}

/** The columns that fit, in their order; null where not even the columns that must stay do. */
function fitting<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): Column<Row>[] | null {
  let kept = columns.map((column) => ({ column, width: widthOf(column, rows) }));
  const total = (): number => kept.reduce((sum, entry) => sum + entry.width + GAP, -GAP);
  while (total() > width) {
    const next = Math.max(...kept.map((entry) => entry.column.drop ?? 0));
    if (next <= 0) return null;
    kept = kept.filter((entry) => entry.column.drop !== next);
  }
  return kept.map((entry) => entry.column);
}

/** Every row as a block of `head: value` lines, for terminals too narrow for a table. */
function stacked<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const blocks = rows.map((row) =>
    columns.map((column) => `${column.head}: ${column.value(row)}\n`).join("")
  );
  return blocks.join("\n");
}

/** Sets a table without lines that is at most `width` characters wide: columns are dropped, then rows become blocks. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
  emphasise: (head: string) => string,
): string {
  const kept = fitting(columns, rows, width);
  if (kept === null) return stacked(columns, rows);
  const grid = new Table({
    head: kept.map((column) => emphasise(column.head)),
    colAligns: kept.map((column) => column.align ?? "left"),
    chars: CHARS,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  grid.push(...rows.map((row) => kept.map((column) => column.value(row))));
  return grid.toString().split("\n").map((line) => line.trimEnd()).join("\n") + "\n";
}
