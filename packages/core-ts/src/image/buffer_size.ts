import type { PixelFormatName } from "@mediamem/interface";
import { checkInt, invalid } from "@mediamem/checks";
import { pictureFits, pictureStride, refuseSize } from "./check_size.ts";
import { rowBytes } from "./linesize.ts";
import { findFormat, type FormatRecord } from "./record.ts";

const INT_MAX = 2147483647;
const OP = "av_image_get_buffer_size";

/**
 * Rounds `bytes` up to a multiple of `align`, with the bit trick of C: for an `align` that is no power of two the answer is
 * something else, which C gives too.
 */
export function alignUp(bytes: number, align: number): number {
  return (bytes + align - 1) & ~(align - 1);
}

/** What all pictures of one format, width and align have in common: a stream asks for the same ones again and again. */
interface Rows {
  format: string;
  width: number;
  align: number;
  /** What FFmpeg takes for the bytes of a row when it judges the size. */
  stride: number;
  /** Bytes of a row of the planes that are as high as the picture, together. */
  luma: number;
  /** Bytes of a row of the planes that chroma shifts make lower, together. */
  chroma: number;
  log2ChromaH: number;
  paletteBytes: number;
}

/** Rows to begin with. They are true: a caller may ask for just these before any others. */
function firstRows(): Rows {
  return {
    format: "gray",
    width: 1,
    align: 1,
    stride: pictureStride(1),
    luma: 1,
    chroma: 0,
    log2ChromaH: 0,
    paletteBytes: 0,
  };
}

/** The rows of the last picture that {@linkcode bufferSize} took. */
let recent = firstRows();
/** Where the next rows are worked out, so that a picture that is refused leaves `recent` as it was. */
let next = firstRows();

/**
 * Works out the bytes of a whole picture with every row rounded up to `align`, the palette included.
 *
 * Throws `EINVAL` for a format on a device, a size that `checkSize` refuses, and a picture of more than 2^31 - 1 bytes.
 * C: `av_image_get_buffer_size`.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels.
 * @param align Power of two; 1 packs the rows. Others follow the bit trick `(x + align - 1) & ~(align - 1)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bufferSize } from "@mediamem/core-ts/image";
 *
 * assertEquals(bufferSize("yuv420p", 300, 300, 1), 135000);
 * assertEquals(bufferSize("yuv420p", 300, 300, 16), 139200);
 * assertEquals(bufferSize("pal8", 17, 13, 1), 17 * 13 + 1024);
 * ```
 */
export function bufferSize(format: PixelFormatName, width: number, height: number, align: number): number {
  if (format !== recent.format || width !== recent.width || align !== recent.align) {
    const record = findFormat(OP, format);
    checkInt(OP, "width", width);
    checkInt(OP, "height", height);
    checkInt(OP, "align", align);
    const size = bufferSizeOf(OP, record, width, height, align);
    next.format = format;
    next.width = width;
    next.align = align;
    const rows = recent;
    recent = next;
    next = rows;
    return size;
  }
  checkInt(OP, "height", height);
  if (height <= 0 || recent.stride * (height + 128) >= INT_MAX) refuseSize(OP, width, height);
  const size = bytesOf(recent, height);
  if (size > INT_MAX) refuseBytes(OP, findFormat(OP, format), width, height, align);
  return size;
}

function bytesOf({ luma, chroma, log2ChromaH, paletteBytes }: Rows, height: number): number {
  return luma * height + chroma * ((height + (1 << log2ChromaH) - 1) >> log2ChromaH) + paletteBytes;
}

/** {@linkcode bufferSize} for the call `op`, its arguments checked. Leaves the rows in `next`. */
export function bufferSizeOf(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  align: number,
): number {
  if (!pictureFits(width, height)) refuseSize(op, width, height);
  const { bitShift } = record;
  const linesize0 = alignUp(rowBytes(width, record.step0, record.shiftW0, bitShift), align);
  const linesize1 = alignUp(rowBytes(width, record.step1, record.shiftW1, bitShift), align);
  const linesize2 = alignUp(rowBytes(width, record.step2, record.shiftW2, bitShift), align);
  const linesize3 = alignUp(rowBytes(width, record.step3, record.shiftW3, bitShift), align);
  next.stride = pictureStride(width);
  next.luma = linesize0 + linesize3;
  next.chroma = linesize1 + linesize2;
  next.log2ChromaH = record.log2ChromaH;
  next.paletteBytes = record.paletteBytes;
  const size = bytesOf(next, height);
  // A huge align wraps a linesize around to a negative one.
  if (record.hwaccel || size > INT_MAX || (linesize0 | linesize1 | linesize2 | linesize3) < 0) {
    refuseBytes(op, record, width, height, align);
  }
  return size;
}

/** Throws the `EINVAL` of `op` for a picture that has no bytes, or too many. */
export function refuseBytes(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  align: number,
): never {
  if (record.hwaccel) {
    invalid(
      op,
      `Cannot call ${op}: the pixels of ${record.name} are on a device, wanted a format with planes in memory`,
    );
  }
  invalid(
    op,
    `Cannot call ${op}: ${record.name} ${width}x${height} with align ${align} has too many bytes, wanted at most ${INT_MAX}`,
  );
}
