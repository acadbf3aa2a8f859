import type { PerPlane, Plane, Planes } from "@mediamem/interface";
import { addressOf, type PointerArray, pointerArray } from "@mediamem/ffi";

/** Memory for the arrays of four that the functions of `imgutils.h` take: made once, filled for each call. */
export interface PlaneArrays {
  /** `uint8_t *data[4]`. */
  readonly data: PointerArray;
  /** `int linesizes[4]`. */
  readonly linesizes: Int32Array;
  /** `ptrdiff_t linesizes[4]`. */
  readonly wideLinesizes: BigInt64Array;
}

/** Makes the arrays of one picture. */
export function planeArrays(): PlaneArrays {
  return { data: pointerArray(4), linesizes: new Int32Array(4), wideLinesizes: new BigInt64Array(4) };
}

/**
 * Reads the fields of a plane once, whatever it is; what is no plane stays as it is.
 *
 * A getter may give one value to the checks and another to C. Nothing of the caller's runs between the checks of what this gave
 * and the call.
 */
export function holdPlane(plane: Plane): Plane {
  if (typeof plane !== "object" || plane === null) return plane;
  const { memory, offset, linesize } = plane;
  return { memory, offset, linesize };
}

/** {@linkcode holdPlane} for the planes of a picture; what is no array stays as it is. */
export function holdPlanes(planes: Planes): Planes {
  if (!Array.isArray(planes)) return planes;
  const held: Plane[] = [];
  const count = Math.min(planes.length, 4);
  for (let i = 0; i < count; i++) held.push(holdPlane(planes[i]));
  return held;
}

/** Where a plane starts; NULL for memory without bytes, which no checked call touches. */
export function planeAddress({ memory, offset }: Plane): number {
  const address = addressOf(memory);
  return address === 0 ? 0 : Math.max(0, address + offset);
}

/**
 * Puts a plane into the arrays; null stands for NULL and 0.
 *
 * The address is true while the caller holds the plane: C may look for the duration of the call only.
 */
export function setPlane(arrays: PlaneArrays, index: number, plane: Plane | null): void {
  const linesize = plane === null ? 0 : plane.linesize;
  arrays.data.set(index, plane === null ? 0 : planeAddress(plane));
  arrays.linesizes[index] = linesize;
  arrays.wideLinesizes[index] = BigInt(linesize);
}

/** Puts the first `count` planes into the arrays, and nothing behind them. */
export function setPlanes(arrays: PlaneArrays, planes: Planes, count: number): void {
  for (let i = 0; i < 4; i++) setPlane(arrays, i, i < count ? planes[i]! : null);
}

/** Copies four numbers out of an array that the next call fills again. */
export function four(values: Int32Array): PerPlane {
  return [values[0]!, values[1]!, values[2]!, values[3]!];
}

/** Copies four addresses out of an array that the next call fills again. */
export function fourPointers(values: PointerArray): PerPlane {
  return [values.get(0), values.get(1), values.get(2), values.get(3)];
}
