import type { Plane, Planes } from "@mediamem/interface";
import { checkInt, checkInteger, invalid, show } from "./numbers.ts";

/** Throws a `TypeError` unless `value` is a `Uint8Array`, and `EINVAL` when its memory was taken away. */
export function checkBytes(op: string, name: string, value: Uint8Array): void {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted a Uint8Array`);
  }
}

/** Throws a `TypeError` unless `plane` has the three fields of a plane. */
export function checkPlane(op: string, name: string, plane: Plane | undefined): asserts plane is Plane {
  if (typeof plane !== "object" || plane === null) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(plane)}, wanted { memory, offset, linesize }`);
  }
  checkBytes(op, `${name}.memory`, plane.memory);
  checkInteger(op, `${name}.offset`, plane.offset);
  checkInt(op, `${name}.linesize`, plane.linesize);
}

/**
 * Throws `EINVAL` unless `rows` rows of `rowBytes` lie inside the plane's memory, whichever way they run.
 *
 * This is what keeps a wrong stride from reading somebody else's bytes: C itself checks nothing of the kind.
 */
export function checkExtent(op: string, name: string, plane: Plane, rowBytes: number, rows: number): void {
  if (rows <= 0 || rowBytes <= 0) return;
  const last = plane.offset + plane.linesize * (rows - 1);
  const first = last < plane.offset ? last : plane.offset;
  const end = (last > plane.offset ? last : plane.offset) + rowBytes;
  if (first >= 0 && end <= plane.memory.length) return;
  invalid(
    op,
    `Cannot call ${op}: ${name} touches bytes ${first} to ${end} (${rows} rows of ${rowBytes}, linesize ${plane.linesize}), ` +
      `wanted 0 to ${plane.memory.length}, the length of its memory`,
  );
}

/** Throws a `TypeError` unless `planes` is an array with at least `count` planes. */
export function checkPlanes(op: string, name: string, planes: Planes, count: number): void {
  if (!Array.isArray(planes)) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(planes)}, wanted an array of planes`);
  }
  for (let i = 0; i < count; i++) checkPlane(op, `${name}[${i}]`, planes[i]);
}
