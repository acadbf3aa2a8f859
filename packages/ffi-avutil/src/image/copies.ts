import { AVERROR, type Image, type PixelFormatName, type Plane, type Planes } from "@mediamem/interface";
import {
  checkBytes,
  checkCopyPlane,
  checkExtent,
  checkInt,
  checkPalette,
  checkPlane,
  checkPlanes,
  checkRange,
  checkRowsApart,
  lengthOf,
} from "@mediamem/checks";
import { fail, lacks } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { holdPlane, holdPlanes, planeAddress, planeArrays, setPlanes } from "./c_arrays.ts";
import { type Format, type FormatTable, planeRows } from "./format_table.ts";

/** Copies of planes and pictures. */
export type CopyFunctions = Pick<
  Image,
  "copyPlane" | "copyPlaneUcFrom" | "copyImage" | "copyImageUcFrom" | "copyToBuffer"
>;

const INT_MAX = 2147483647;
const PALETTE_BYTES = 1024;

/**
 * Tells whether the copy from uncacheable memory copies these rows and nothing else.
 *
 * On x86 it copies whole lines of 64 bytes, at least one of at least one row: it writes behind a row that ends within a line, as far
 * as the linesize goes, and it faults on what is not a multiple of 16. Where the linesizes leave no room for whole lines it is the
 * plain copy anyway.
 */
function copiesExactly(dst: Plane, src: Plane, bytewidth: number, rows: number): boolean {
  if (bytewidth <= 0 || rows <= 0) return false;
  const whole = (bytewidth + 63) & ~63;
  if (whole > dst.linesize || whole > src.linesize) return true;
  // The remainder, since an address has more bits than the operators for bits keep.
  return whole === bytewidth && dst.linesize % 16 === 0 && src.linesize % 16 === 0 &&
    planeAddress(dst) % 16 === 0 && planeAddress(src) % 16 === 0;
}

/** Binds the functions to a library. */
export function copyFunctions(library: AvutilLibrary, formats: FormatTable): CopyFunctions {
  const { symbols } = library;
  const dstArrays = planeArrays();
  const srcArrays = planeArrays();
  const bytes = new Int32Array(4);

  /** Works out the bytes of a row of each plane. */
  function fillBytes(op: string, { name, number }: Format, width: number): void {
    const result = symbols.av_image_fill_linesizes(bytes, number, width);
    if (result < 0) fail(op, AVERROR.EINVAL, `${name} ${width} wide`);
  }

  /** Throws unless a picture can be copied; gives how many planes there are with the palette, 0 for nothing to copy. */
  function checkCopy(
    op: string,
    dst: Planes,
    src: Planes,
    format: Format,
    width: number,
    height: number,
  ): number {
    checkInt(op, "width", width);
    checkInt(op, "height", height);
    const { planes, shiftH } = format;
    checkPlanes(op, "dst", dst, planes);
    checkPlanes(op, "src", src, planes);
    if (format.hwaccel) return 0;
    fillBytes(op, format, width);
    for (let plane = 0; plane < planes; plane++) {
      const rows = planeRows(height, shiftH[plane]!);
      checkCopyPlane(op, `dst[${plane}]`, dst[plane]!, `src[${plane}]`, src[plane]!, bytes[plane]!, rows);
    }
    if (!format.palette) return planes;
    checkRowsApart(op, checkPalette(op, "dst", dst), checkPalette(op, "src", src), PALETTE_BYTES, 1);
    return 2;
  }

  function copyImage(
    dst: Planes,
    src: Planes,
    format: PixelFormatName,
    width: number,
    height: number,
  ): void {
    const op = "av_image_copy";
    const found = formats.find(op, format);
    const [to, from] = [holdPlanes(dst), holdPlanes(src)];
    const count = checkCopy(op, to, from, found, width, height);
    if (count > 0) copyChecked(to, from, count, found, width, height);
  }

  function copyChecked(
    dst: Planes,
    src: Planes,
    count: number,
    { number }: Format,
    width: number,
    height: number,
  ): void {
    setPlanes(dstArrays, dst, count);
    setPlanes(srcArrays, src, count);
    symbols.av_image_copy(
      dstArrays.data.bytes,
      dstArrays.linesizes,
      srcArrays.data.bytes,
      srcArrays.linesizes,
      number,
      width,
      // Rows without bytes are none; the palette is copied all the same.
      width === 0 ? 0 : height,
    );
  }

  function checkOne(op: string, dst: Plane, src: Plane, bytewidth: number, height: number): void {
    checkPlane(op, "dst", dst);
    checkPlane(op, "src", src);
    checkInt(op, "bytewidth", bytewidth);
    checkInt(op, "height", height);
    checkCopyPlane(op, "dst", dst, "src", src, bytewidth, height);
  }

  function copyPlaneChecked(dst: Plane, src: Plane, bytewidth: number, height: number): void {
    // C walks through rows without bytes too: for seconds, where there are 2^31 of them.
    if (bytewidth <= 0) return;
    symbols.av_image_copy_plane(
      planeAddress(dst),
      dst.linesize,
      planeAddress(src),
      src.linesize,
      bytewidth,
      height,
    );
  }

  return {
    copyPlane(dst, src, bytewidth, height): void {
      const [to, from] = [holdPlane(dst), holdPlane(src)];
      checkOne("av_image_copy_plane", to, from, bytewidth, height);
      copyPlaneChecked(to, from, bytewidth, height);
    },

    copyPlaneUcFrom(dst, src, bytewidth, height): void {
      const op = "av_image_copy_plane_uc_from";
      const [to, from] = [holdPlane(dst), holdPlane(src)];
      checkOne(op, to, from, bytewidth, height);
      const copyUcFrom = symbols.av_image_copy_plane_uc_from ?? lacks(library, op);
      if (!copiesExactly(to, from, bytewidth, height)) return copyPlaneChecked(to, from, bytewidth, height);
      copyUcFrom(planeAddress(to), to.linesize, planeAddress(from), from.linesize, bytewidth, height);
    },

    copyImage,

    copyImageUcFrom(dst, src, format, width, height): void {
      const op = "av_image_copy_uc_from";
      const found = formats.find(op, format);
      const [to, from] = [holdPlanes(dst), holdPlanes(src)];
      const count = checkCopy(op, to, from, found, width, height);
      if (count === 0) return;
      for (let plane = 0; plane < found.planes; plane++) {
        const rows = planeRows(height, found.shiftH[plane]!);
        if (copiesExactly(to[plane]!, from[plane]!, bytes[plane]!, rows)) continue;
        return copyChecked(to, from, count, found, width, height);
      }
      setPlanes(dstArrays, to, count);
      setPlanes(srcArrays, from, count);
      symbols.av_image_copy_uc_from(
        dstArrays.data.bytes,
        dstArrays.wideLinesizes,
        srcArrays.data.bytes,
        srcArrays.wideLinesizes,
        found.number,
        width,
        height,
      );
    },

    copyToBuffer(dst, src, format, width, height, align): number {
      const op = "av_image_copy_to_buffer";
      const found = formats.find(op, format);
      checkInt(op, "width", width);
      checkInt(op, "height", height);
      checkInt(op, "align", align);
      checkBytes(op, "dst", dst);
      const from = holdPlanes(src);
      checkPlanes(op, "src", from, found.planes);
      const size = symbols.av_image_get_buffer_size(found.number, width, height, align);
      if (size < 0) fail(op, size, `${found.name} ${width}x${height}, align ${align}`);
      checkRange(op, "dst", dst, 0, size);
      fillBytes(op, found, width);
      let offset = 0;
      for (let plane = 0; plane < found.planes; plane++) {
        const rows = planeRows(height, found.shiftH[plane]!);
        // An align that is no power of two can make the last row end behind the size that C checks.
        const target = { memory: dst, offset, linesize: (bytes[plane]! + align - 1) & ~(align - 1) };
        checkExtent(op, `src[${plane}]`, from[plane]!, bytes[plane]!, rows);
        checkExtent(op, "dst", target, bytes[plane]!, rows);
        checkRowsApart(op, target, from[plane]!, bytes[plane]!, rows);
        offset += target.linesize * rows;
      }
      if (found.palette) {
        const target = { memory: dst, offset, linesize: 0 };
        checkExtent(op, "dst", target, PALETTE_BYTES, 1);
        checkRowsApart(op, target, checkPalette(op, "src", from), PALETTE_BYTES, 1);
      }
      setPlanes(srcArrays, from, found.palette ? 2 : found.planes);
      const result = symbols.av_image_copy_to_buffer(
        dst,
        Math.min(lengthOf(dst), INT_MAX),
        srcArrays.data.bytes,
        srcArrays.linesizes,
        found.number,
        width,
        height,
        align,
      );
      return result < 0 ? fail(op, result, `${found.name} ${width}x${height}, align ${align}`) : result;
    },
  };
}
