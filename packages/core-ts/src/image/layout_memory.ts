import type { ImageLayout, Plane, Planes } from "@mediamem/interface";
import { checkBytes, checkExtent, checkInteger, invalid } from "@mediamem/checks";
import { checkLayout } from "./layout_value.ts";

/**
 * Puts a layout onto memory: the planes that `copyImage` and the other functions over pixels take.
 *
 * The planes are all views of `memory`; nothing is copied. Throws `EINVAL` where a plane does not lie inside it.
 *
 * @param layout Any layout.
 * @param memory The bytes that the layout describes.
 * @param byteOffset Where in `memory` the picture starts, bytes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ffmpeg, imageLayout, planesOf } from "@mediamem/core-ts/image";
 *
 * const layout = imageLayout("nv12", 4, 4, ffmpeg(1));
 * const planes = planesOf(layout, new Uint8Array(100), 64);
 * assertEquals(planes.map((plane) => plane.offset), [64, 80]);
 * ```
 */
export function planesOf(layout: ImageLayout, memory: Uint8Array, byteOffset = 0): Planes {
  const op = "planesOf";
  checkLayout(op, "layout", layout);
  checkInteger(op, "byteOffset", byteOffset);
  if (byteOffset < 0) invalid(op, `Cannot call ${op}: byteOffset is ${byteOffset}, wanted at least 0`);
  return placedPlanes(op, "memory", layout, memory, byteOffset);
}

/** `planesOf` for a layout that has been checked already. */
export function placedPlanes(
  op: string,
  name: string,
  layout: ImageLayout,
  memory: Uint8Array,
  byteOffset: number,
): Planes {
  checkBytes(op, name, memory);
  const planes: Plane[] = [];
  for (const { plane, offset, linesize, rowBytes, rows } of layout.planes) {
    const placed = { memory, offset: byteOffset + offset, linesize };
    checkExtent(op, `plane ${plane} in ${name}`, placed, rowBytes, rows);
    planes.push(placed);
  }
  return planes;
}

/**
 * Gives the rows of one plane, top row first whichever way they are stored, each a view of `rowBytes` bytes of `memory`.
 *
 * Padding is left out. Throws `EINVAL` for a plane that the layout does not have or that does not lie inside `memory`.
 *
 * @param layout Any layout.
 * @param memory The bytes that the layout describes.
 * @param plane Index of the plane.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ffmpeg, imageLayout, planeRows } from "@mediamem/core-ts/image";
 *
 * const memory = Uint8Array.from({ length: 12 }, (_, i) => i);
 * const layout = imageLayout("gray", 3, 3, ffmpeg(4));
 * assertEquals([...planeRows(layout, memory, 0)].map((row) => [...row]), [[0, 1, 2], [4, 5, 6], [8, 9, 10]]);
 * ```
 */
export function planeRows(
  layout: ImageLayout,
  memory: Uint8Array,
  plane: number,
): IterableIterator<Uint8Array> {
  const op = "planeRows";
  checkLayout(op, "layout", layout);
  checkInteger(op, "plane", plane);
  const found = layout.planes[plane];
  if (found === undefined) {
    invalid(op, `Cannot call ${op}: plane is ${plane}, wanted 0 to ${layout.planes.length - 1}`);
  }
  const placed = placedPlanes(op, "memory", layout, memory, 0)[plane]!;
  return rowsOf(placed, found.rowBytes, found.rows);
}

function* rowsOf({ memory, offset, linesize }: Plane, rowBytes: number, rows: number): Generator<Uint8Array> {
  for (let y = 0; y < rows; y++) {
    yield new Uint8Array(memory.buffer, memory.byteOffset + offset + y * linesize, rowBytes);
  }
}
