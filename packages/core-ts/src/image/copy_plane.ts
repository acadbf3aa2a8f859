import type { Plane } from "@mediamem/interface";
import { checkCopyPlane, checkInt, checkPlane } from "@mediamem/checks";
import { copyRows } from "./copy_rows.ts";

/**
 * Copies `height` rows of `bytewidth` bytes; the bytes between the rows stay as they are.
 *
 * Throws `EINVAL` for a linesize shorter than `bytewidth` (C aborts the process) and for rows outside their memory, `OVERLAP` where
 * a row and its copy share bytes; nothing is written then. No rows are nothing to do. C: `av_image_copy_plane`.
 *
 * @param dst Where the rows go.
 * @param src Where they come from; a negative linesize reads bottom up.
 * @param bytewidth Bytes of a row.
 * @param height Rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { copyPlane } from "@mediamem/core-ts/image";
 *
 * const src = { memory: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 0), offset: 0, linesize: 4 };
 * const dst = { memory: new Uint8Array(6), offset: 0, linesize: 3 };
 * copyPlane(dst, src, 3, 2);
 * assertEquals([...dst.memory], [1, 2, 3, 4, 5, 6]);
 * ```
 */
export function copyPlane(dst: Plane, src: Plane, bytewidth: number, height: number): void {
  copyChecked("av_image_copy_plane", dst, src, bytewidth, height);
}

/**
 * Copies as `copyPlane` does. C has another way for uncacheable (device) memory, which TypeScript memory never is.
 *
 * That way, on x86, also writes the padding up to the next multiple of 64 bytes where both linesizes leave room for it. Not so here.
 *
 * Throws as `copyPlane` does. C: `av_image_copy_plane_uc_from`.
 *
 * @param dst Where the rows go.
 * @param src Where they come from.
 * @param bytewidth Bytes of a row.
 * @param height Rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { copyPlaneUcFrom } from "@mediamem/core-ts/image";
 *
 * const src = { memory: Uint8Array.of(1, 2, 3, 4), offset: 2, linesize: -2 };
 * const dst = { memory: new Uint8Array(4), offset: 0, linesize: 2 };
 * copyPlaneUcFrom(dst, src, 2, 2);
 * assertEquals([...dst.memory], [3, 4, 1, 2]);
 * ```
 */
export function copyPlaneUcFrom(dst: Plane, src: Plane, bytewidth: number, height: number): void {
  copyChecked("av_image_copy_plane_uc_from", dst, src, bytewidth, height);
}

function copyChecked(op: string, dst: Plane, src: Plane, bytewidth: number, height: number): void {
  checkPlane(op, "dst", dst);
  checkPlane(op, "src", src);
  checkInt(op, "bytewidth", bytewidth);
  checkInt(op, "height", height);
  checkCopyPlane(op, "dst", dst, "src", src, bytewidth, height);
  copyRows(dst, src, bytewidth, height);
}
