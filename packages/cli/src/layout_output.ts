import type { PlaneLayout } from "@mediamem/interface";
import { isAbsence, type LayoutAnswer } from "./layout_answers.ts";
import { differences, type LayoutReport } from "./layout_report.ts";
import { type Column, table } from "./table.ts";
import type { Output } from "./terminal.ts";

const COLUMNS: readonly Column<PlaneLayout>[] = [
  { head: "plane", value: (plane) => String(plane.plane), align: "right" },
  { head: "offset", value: (plane) => String(plane.offset), align: "right" },
  { head: "linesize", value: (plane) => String(plane.linesize), align: "right" },
  { head: "rowBytes", value: (plane) => String(plane.rowBytes), align: "right" },
  {
    head: "padding",
    value: (plane) => String(Math.max(0, Math.abs(plane.linesize) - plane.rowBytes)),
    align: "right",
    drop: 1,
  },
  { head: "rows", value: (plane) => String(plane.rows), align: "right" },
  { head: "extent", value: (plane) => String(plane.extent), align: "right" },
];

/** Prints layouts as tables for people. */
export function printLayouts(reports: readonly LayoutReport[], { write, columns, colours }: Output): void {
  for (const [i, { backend, format, width, height, rules, align, size, planes }] of reports.entries()) {
    const facts = [`rules ${rules}`, `align ${align}`, `${size} bytes`, backend];
    write(`${i === 0 ? "" : "\n"}${colours.bold(`${format} ${width}x${height}`)}  ${facts.join(", ")}\n`);
    write(table(COLUMNS, planes, columns, colours.dim));
  }
}

/** Prints the numbers on which layouts part. True where there are any. */
export function printDifferences(
  reports: readonly LayoutReport[],
  { write, columns, colours }: Output,
): boolean {
  const rows = differences(reports);
  if (rows.length === 0) return false;
  write(`${colours.red("The backends differ:")}\n`);
  write(table(
    [
      { head: "field", value: (row) => row.field },
      ...reports.map((report, i) => ({
        head: report.backend,
        value: (row: (typeof rows)[number]) => String(row.values[i] ?? "none"),
        align: "right" as const,
      })),
    ],
    rows,
    columns,
    colours.dim,
  ));
  return true;
}

/** Names the backends that gave no layout, and why. True where one refused what another one lays out. */
export function printRefusals(answers: readonly LayoutAnswer[], { write, colours }: Output): boolean {
  let refused = false;
  for (const { backend, error } of answers) {
    if (error === undefined) continue;
    const absent = isAbsence(error);
    refused ||= !absent;
    write(`${(absent ? colours.yellow : colours.red)(`${backend}:`)} ${error.message} (${error.code})\n`);
  }
  return refused;
}
