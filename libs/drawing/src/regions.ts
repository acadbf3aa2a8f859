import type { ImageLayout, PlaneLayout } from "@mediamem/interface";

/** The bytes of the picture's memory that one plane touches, and what follows them. */
export interface PlaneRegion {
  readonly plane: PlaneLayout;
  /** True for the palette of a format that has one: no rows, 256 entries. */
  readonly palette: boolean;
  /** First byte, and the byte after the last: `high - low` is the plane's extent. */
  readonly low: number;
  readonly high: number;
  /** `|linesize|`, or `rowBytes` where the linesize is 0. */
  readonly step: number;
  /** Bytes between the end of a row and the start of the next one in memory. */
  readonly padding: number;
  /** How many bytes of padding the last row in memory still has, before the next plane or the end of the memory. */
  readonly lastPadding: number;
  /** Bytes that belong to no plane, between this plane and the next one in memory (or the end of the memory). */
  readonly gap: number;
  /** Whether another plane lies within these bytes, so that what follows a row need not be padding. */
  readonly shared: boolean;
}

/** Where everything lies in the memory of a picture, in the order of memory. */
export interface Regions {
  readonly planes: readonly PlaneRegion[];
  /** Bytes before the first plane. */
  readonly gapBefore: number;
  /** Bytes that carry the picture. */
  readonly visible: number;
  /** Bytes at the end of rows; those of planes that share their rows are not counted. */
  readonly padding: number;
  /** Bytes before, between and behind the planes. */
  readonly gaps: number;
}

function isPalette(layout: ImageLayout, plane: PlaneLayout): boolean {
  return layout.format === "pal8" && plane.plane === 1;
}

/** Finds what each byte of a picture's memory is for. */
export function findRegions(layout: ImageLayout): Regions {
  const spans = layout.planes.map((plane) => {
    const step = plane.linesize === 0 ? plane.rowBytes : Math.abs(plane.linesize);
    const low = plane.linesize < 0 ? plane.offset - step * (plane.rows - 1) : plane.offset;
    return { plane, step, low, high: low + plane.extent };
  }).sort((a, b) => a.low - b.low || a.high - b.high);

  const planes: PlaneRegion[] = [];
  let [visible, padding, gaps, covered] = [0, 0, 0, 0];
  for (const [i, { plane, step, low, high }] of spans.entries()) {
    if (i === 0) gaps += Math.max(0, low);
    covered = Math.max(covered, high);
    const free = Math.max(0, (spans[i + 1]?.low ?? layout.size) - covered);
    const rowPadding = Math.max(0, step - plane.rowBytes);
    const lastPadding = Math.min(rowPadding, free);
    const shared = spans.some((other) => other.plane !== plane && other.low < high && low < other.high);
    planes.push({
      plane,
      palette: isPalette(layout, plane),
      low,
      high,
      step,
      padding: rowPadding,
      lastPadding,
      gap: free - lastPadding,
      shared,
    });
    visible += plane.rowBytes * plane.rows;
    if (!shared) padding += rowPadding * (plane.rows - 1) + lastPadding;
    gaps += free - lastPadding;
  }
  return { planes, gapBefore: Math.max(0, spans[0]?.low ?? layout.size), visible, padding, gaps };
}
