import type { Plane } from "@mediamem/interface";

/** The rows of a plane, each as a typed array. */
interface Rows {
  readonly offset: number;
  readonly linesize: number;
  readonly rowBytes: number;
  /** As many as were copied so far; empty after the first copy. */
  readonly views: Uint8Array[];
}

/** Below this a typed array for a row weighs as much as the row. */
const MIN_ROW_BYTES = 256;

/** How many planes of one memory are remembered. */
const MAX_PLANES = 4;

/** What was copied before, by the memory that it was copied from: frame memory is used again and again. */
const known = new WeakMap<Uint8Array, Rows[]>();

/** Rows of a plane: the picture's, divided by `2^shift` and rounded up. */
export function rowCount(height: number, shift: number): number {
  return height <= 0 ? 0 : -(-height >> shift);
}

/** Copies rows from the top one down. The planes hold them, and no row of `dst` shares a byte with the same row of `src`. */
export function copyRows(dst: Plane, src: Plane, rowBytes: number, rows: number): void {
  if (rows <= 0 || rowBytes <= 0) return;
  const packed = dst.linesize === rowBytes && src.linesize === rowBytes;
  // Within one memory rows must be copied one by one: a later row may start from what an earlier one wrote.
  if (packed && dst.memory.buffer !== src.memory.buffer) {
    const { buffer, byteOffset } = src.memory;
    // Not `subarray`: a subclass of Uint8Array makes its own kind of it, with its own constructor.
    dst.memory.set(new Uint8Array(buffer, byteOffset + src.offset, rowBytes * rows), dst.offset);
    return;
  }
  const { memory, linesize } = dst;
  const views = rowBytes < MIN_ROW_BYTES ? undefined : rowsOf(src, rowBytes, rows);
  let to = dst.offset;
  if (views === undefined) {
    const { buffer, byteOffset } = src.memory;
    let from = byteOffset + src.offset;
    for (let row = 0; row < rows; row++) {
      memory.set(new Uint8Array(buffer, from, rowBytes), to);
      from += src.linesize;
      to += linesize;
    }
    return;
  }
  for (let row = 0; row < rows; row++) {
    memory.set(views[row]!, to);
    to += linesize;
  }
}

/**
 * The rows of a plane as typed arrays, from the second copy of that plane on; undefined on the first.
 *
 * Making a typed array costs as much as copying a row of 1080p, so a plane that comes back keeps them.
 */
function rowsOf(plane: Plane, rowBytes: number, rows: number): Uint8Array[] | undefined {
  const { memory, offset, linesize } = plane;
  let planes = known.get(memory);
  if (planes === undefined) known.set(memory, planes = []);
  for (const found of planes) {
    if (found.offset === offset && found.linesize === linesize && found.rowBytes === rowBytes) {
      const { views } = found;
      for (let row = views.length; row < rows; row++) {
        const from = memory.byteOffset + offset + row * linesize;
        views.push(new Uint8Array(memory.buffer, from, rowBytes));
      }
      return views;
    }
  }
  if (planes.length === MAX_PLANES) planes.shift();
  planes.push({ offset, linesize, rowBytes, views: [] });
  return undefined;
}
