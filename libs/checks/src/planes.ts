import type { Plane, Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { checkInt, checkInteger, invalid, show } from "./numbers.ts";
import { bufferOfArray, lengthOf } from "./typed_array.ts";

/** The bytes of a palette: 256 colours of 4. */
const PALETTE_BYTES = 1024;

/** Throws a `TypeError` unless `value` is a `Uint8Array`. */
export function checkBytes(op: string, name: string, value: Uint8Array): void {
  if (value instanceof Uint8Array && ArrayBuffer.isView(value)) return;
  throw new TypeError(`Cannot call ${op}: ${name} is ${show(value)}, wanted a Uint8Array`);
}

/** Throws a `TypeError` unless `value` is a `Uint8Array`, and `USE_AFTER_FREE` where its owner took the memory away. */
export function checkLiveBytes(op: string, name: string, value: Uint8Array): void {
  checkBytes(op, name, value);
  if (lengthOf(value) === 0 && (bufferOfArray(value) as Partial<ArrayBuffer>).detached === true) {
    refuseFreed(op, name);
  }
}

/** Throws a `TypeError` unless `plane` has the three fields of a plane, and `EINVAL` for a linesize that no C `int` holds. */
export function checkPlane(op: string, name: string, plane: Plane | undefined): asserts plane is Plane {
  if (typeof plane !== "object" || plane === null) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(plane)}, wanted { memory, offset, linesize }`);
  }
  checkBytes(op, `${name}.memory`, plane.memory);
  checkInteger(op, `${name}.offset`, plane.offset);
  checkInt(op, `${name}.linesize`, plane.linesize);
}

/** Throws a `TypeError` unless `planes` is an array with at least `count` planes. */
export function checkPlanes(op: string, name: string, planes: Planes, count: number): void {
  if (!Array.isArray(planes)) {
    throw new TypeError(`Cannot call ${op}: ${name} is ${show(planes)}, wanted an array of planes`);
  }
  for (let i = 0; i < count; i++) checkPlane(op, `${name}[${i}]`, planes[i]);
}

/** Throws `EINVAL` unless bytes `first` to `end` lie inside `memory`, `USE_AFTER_FREE` where its owner took the memory away. */
export function checkRange(op: string, name: string, memory: Uint8Array, first: number, end: number): void {
  if (first < 0 || end > lengthOf(memory)) refuseRange(op, name, memory, `bytes ${first} to ${end}`);
}

/**
 * Throws unless `rows` rows of `rowBytes` lie inside the plane's memory, whichever way they run: as {@linkcode checkRange} does.
 *
 * This is what keeps a wrong stride from reading somebody else's bytes: C itself checks nothing of the kind.
 */
export function checkExtent(op: string, name: string, plane: Plane, rowBytes: number, rows: number): void {
  if (rows <= 0 || rowBytes <= 0) return;
  const last = plane.offset + plane.linesize * (rows - 1);
  const first = last < plane.offset ? last : plane.offset;
  const end = (last > plane.offset ? last : plane.offset) + rowBytes;
  if (first >= 0 && end <= lengthOf(plane.memory)) return;
  const shape = `${rows} rows of ${rowBytes}, linesize ${plane.linesize}`;
  refuseRange(op, name, plane.memory, `bytes ${first} to ${end} (${shape})`);
}

function refuseRange(op: string, name: string, memory: Uint8Array, bytes: string): never {
  if ((memory.buffer as Partial<ArrayBuffer>).detached === true) refuseFreed(op, name);
  invalid(
    op,
    `Cannot call ${op}: ${name} touches ${bytes}, wanted 0 to ${lengthOf(memory)}, the length of its memory`,
  );
}

function refuseFreed(op: string, name: string): never {
  throw new MediaError("USE_AFTER_FREE", `Cannot call ${op}: ${name} was freed, wanted live memory`, { op });
}

/**
 * Throws `OVERLAP` if a row of `dst` shares a byte with the same row of `src`, which `memcpy` leaves undefined.
 *
 * A row of `dst` on another row of `src` is fine: rows are copied from the top one down, and C does that too.
 */
export function checkRowsApart(op: string, dst: Plane, src: Plane, rowBytes: number, rows: number): void {
  if (rowBytes <= 0 || rows <= 0 || dst.memory.buffer !== src.memory.buffer) return;
  let distance = dst.memory.byteOffset + dst.offset - (src.memory.byteOffset + src.offset);
  let drift = dst.linesize - src.linesize;
  if (drift < 0) {
    distance = -distance;
    drift = -drift;
  }
  // The distance grows from row to row: the first row where it is not too far below is the one to look at.
  const row = drift === 0 || distance > -rowBytes ? 0 : Math.floor((-rowBytes - distance) / drift) + 1;
  distance += row * drift;
  if (row >= rows || distance <= -rowBytes || distance >= rowBytes) return;
  throw new MediaError(
    "OVERLAP",
    `Cannot call ${op}: row ${row} of dst starts ${
      Math.abs(distance)
    } bytes from that of src in the same memory, ` +
      `wanted at least ${rowBytes}`,
    { op },
  );
}

/**
 * Throws unless `height` rows of `bytewidth` can be copied from `src` to `dst`: both planes hold them, and no row overlaps.
 *
 * A linesize shorter than the row is an `EINVAL`: C aborts the process there, even for no rows.
 */
export function checkCopyPlane(
  op: string,
  dstName: string,
  dst: Plane,
  srcName: string,
  src: Plane,
  bytewidth: number,
  height: number,
): void {
  checkCovers(op, srcName, src.linesize, bytewidth);
  checkCovers(op, dstName, dst.linesize, bytewidth);
  if (bytewidth < 0 && height > 0) {
    invalid(op, `Cannot call ${op}: bytewidth is ${bytewidth}, wanted at least 0`);
  }
  checkExtent(op, srcName, src, bytewidth, height);
  checkExtent(op, dstName, dst, bytewidth, height);
  checkRowsApart(op, dst, src, bytewidth, height);
}

function checkCovers(op: string, name: string, linesize: number, bytewidth: number): void {
  if ((linesize < 0 ? -linesize : linesize) >= bytewidth) return;
  invalid(
    op,
    `Cannot call ${op}: ${name}.linesize is ${linesize}, wanted at least ${bytewidth} either way, the bytes of a row`,
  );
}

/** Throws `EINVAL` unless plane 1 of `planes` is a palette; gives it. C reads 1024 bytes there without a look. */
export function checkPalette(op: string, name: string, planes: Planes): Plane {
  const palette = planes[1];
  if (palette === undefined) {
    invalid(op, `Cannot call ${op}: ${name} has no plane 1, wanted the palette, ${PALETTE_BYTES} bytes`);
  }
  checkPlane(op, `${name}[1]`, palette);
  checkExtent(op, `${name}[1]`, palette, PALETTE_BYTES, 1);
  return palette;
}
