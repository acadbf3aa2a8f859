import type { ImageLayout, PlaneLayout } from "@mediamem/interface";
import { checkInt, checkInteger, invalid, show } from "@mediamem/checks";
import { isPalette, PALETTE_BYTES, planeCount, planeLayout, rowBytesOf, rowsOf } from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";
import { findFormat } from "./record.ts";

const FIELDS = ["plane", "offset", "linesize", "rowBytes", "rows", "extent"] as const;

/** Throws a `TypeError` unless `layout` is a layout, `EINVAL` unless its planes are those of its format; gives the format. */
export function checkLayout(op: string, name: string, layout: ImageLayout): FormatRecord {
  if (typeof layout !== "object" || layout === null || !Array.isArray(layout.planes)) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(layout)}, wanted an ImageLayout`);
  }
  const record = findFormat(op, layout.format);
  checkInt(op, `${name}.width`, layout.width);
  checkInt(op, `${name}.height`, layout.height);
  const count = planeCount(record);
  if (layout.planes.length !== count) {
    invalid(
      op,
      `Cannot call ${op}: ${name} has ${layout.planes.length} planes, wanted ${count} for ${record.name}`,
    );
  }
  for (const [i, plane] of layout.planes.entries()) {
    if (typeof plane !== "object" || plane === null) {
      throw new TypeError(`Cannot call ${op}: ${name}.planes[${i}] is ${show(plane)}, wanted a PlaneLayout`);
    }
    for (const field of FIELDS) checkInteger(op, `${name}.planes[${i}].${field}`, plane[field]);
    if (plane.plane !== i) {
      invalid(op, `Cannot call ${op}: ${name}.planes[${i}].plane is ${plane.plane}, wanted ${i}`);
    }
    if (isPalette(record, i) && plane.extent !== PALETTE_BYTES) {
      invalid(
        op,
        `Cannot call ${op}: the palette of ${name} has ${plane.extent} bytes, wanted ${PALETTE_BYTES}`,
      );
    }
    checkNumbers(op, `${name}.planes[${i}]`, record, layout, plane);
  }
  return record;
}

/**
 * Throws `EINVAL` for a plane with more than its picture can have, or whose numbers contradict each other.
 *
 * Layouts are plain data and may come from anywhere; rows without end would be copied for as long.
 */
function checkNumbers(
  op: string,
  name: string,
  record: FormatRecord,
  { width, height }: ImageLayout,
  { plane, offset, linesize, rowBytes, rows, extent }: PlaneLayout,
): void {
  const palette = isPalette(record, plane);
  const mostBytes = palette ? PALETTE_BYTES : rowBytesOf(record, width, plane);
  const mostRows = palette ? PALETTE_BYTES / 4 : rowsOf(record, height, plane);
  if (rowBytes < 0 || rowBytes > mostBytes || rows < 0 || rows > mostRows) {
    invalid(
      op,
      `Cannot call ${op}: ${name} has ${rows} rows of ${rowBytes} bytes, wanted at most ${mostRows} of ${mostBytes}`,
    );
  }
  const wanted = planeLayout(plane, offset, linesize, rowBytes, rows).extent;
  if (extent === wanted) return;
  invalid(op, `Cannot call ${op}: ${name}.extent is ${extent}, wanted ${wanted} as its rows have it`);
}

/** The first byte that a plane touches, whichever way its rows run. */
export function lowestByte(plane: PlaneLayout): number {
  return plane.linesize < 0 ? plane.offset + plane.linesize * (plane.rows - 1) : plane.offset;
}

/** The end of the highest byte that any plane touches. */
export function highestEnd(planes: readonly PlaneLayout[]): number {
  let end = 0;
  for (const plane of planes) end = Math.max(end, lowestByte(plane) + plane.extent);
  return end;
}
