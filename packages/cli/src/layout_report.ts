import type { ImageLayout, PlaneLayout } from "@mediamem/interface";
import { alignOf } from "./rule_sets.ts";

/** A layout as `--json` prints it. The names and their order are what scripts rely on. */
export interface LayoutReport {
  readonly backend: string;
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly rules: string;
  readonly align: number;
  readonly size: number;
  readonly planes: readonly PlaneLayout[];
}

const PLANE_FIELDS = ["plane", "offset", "linesize", "rowBytes", "rows", "extent"] as const;

/** The report of one backend's layout. */
export function layoutReport(backend: string, layout: ImageLayout): LayoutReport {
  const { format, width, height, rules, size, planes } = layout;
  return {
    backend,
    format,
    width,
    height,
    rules: rules.name,
    align: alignOf(rules),
    size,
    planes: planes.map(({ plane, offset, linesize, rowBytes, rows, extent }) => ({
      plane,
      offset,
      linesize,
      rowBytes,
      rows,
      extent,
    })),
  };
}

/** A number of the layout on which backends part. */
export interface FieldDifference {
  /** `size`, `plane 1 offset`. */
  readonly field: string;
  /** What each backend answers, in the order of the reports; null where it has no such plane. */
  readonly values: readonly (number | null)[];
}

/** Finds the numbers on which the reports part. */
export function differences(reports: readonly LayoutReport[]): FieldDifference[] {
  const planes = Math.max(0, ...reports.map((report) => report.planes.length));
  const rows: FieldDifference[] = [{ field: "size", values: reports.map((report) => report.size) }];
  for (let i = 0; i < planes; i++) {
    for (const field of PLANE_FIELDS) {
      rows.push({
        field: `plane ${i} ${field}`,
        values: reports.map((report) => report.planes[i]?.[field] ?? null),
      });
    }
  }
  return rows.filter(({ values }) => values.some((value) => value !== values[0]));
}
