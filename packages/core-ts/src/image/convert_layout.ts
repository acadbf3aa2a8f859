import type { ImageLayout, Planes } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import { copyRows } from "./copy_rows.ts";
import { imageLayout } from "./layout.ts";
import { placedPlanes } from "./layout_memory.ts";
import { planesOverlap } from "./layout_overlap.ts";
import { isPalette, PALETTE_BYTES } from "./layout_plane.ts";
import { checkLayout } from "./layout_value.ts";
import type { FormatRecord } from "./record.ts";

/**
 * Copies a picture from one layout to another of the same format and size.
 *
 * Only the bytes of the picture are written: padding in `dstMemory` stays as it is. Where both layouts put every byte at the same
 * place there is nothing to do. Palettes are copied, from FFmpeg's one row to GStreamer's 256 or back.
 *
 * Throws before the first byte moves: `EINVAL` for another format or size, for memory that is too small, and for planes with other
 * bytes per row (an odd width under `webcodecs` lacks the last chroma column); `OVERLAP` where a plane would be written onto the
 * bytes of the source. C: `av_image_copy`.
 *
 * @param srcLayout What `srcMemory` holds.
 * @param srcMemory The picture.
 * @param dstLayout How it is wanted.
 * @param dstMemory Where it goes, bytes from 0 to at least the end of the last row.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { convertLayout, ffmpeg, gstreamer, imageLayout } from "@mediamem/core-ts/image";
 *
 * const packed = imageLayout("rgb24", 3, 2, ffmpeg(1));
 * const strided = imageLayout("rgb24", 3, 2, gstreamer());
 * const frame = new Uint8Array(strided.size);
 * convertLayout(packed, Uint8Array.from({ length: 18 }, (_, i) => i + 1), strided, frame);
 * assertEquals([...frame.slice(6, 15)], [7, 8, 9, 0, 0, 0, 10, 11, 12]);
 * ```
 */
export function convertLayout(
  srcLayout: ImageLayout,
  srcMemory: Uint8Array,
  dstLayout: ImageLayout,
  dstMemory: Uint8Array,
): void {
  const op = "convertLayout";
  const record = checkLayout(op, "srcLayout", srcLayout);
  checkLayout(op, "dstLayout", dstLayout);
  checkSamePicture(op, record, srcLayout, dstLayout);
  const src = placedPlanes(op, "srcMemory", srcLayout, srcMemory, 0);
  const dst = placedPlanes(op, "dstMemory", dstLayout, dstMemory, 0);
  if (srcMemory.buffer === dstMemory.buffer) {
    if (samePlaces(src, dst)) return;
    checkApart(op, srcLayout, srcMemory, dstLayout, dstMemory);
  }
  copyPlanes(record, dst, src, dstLayout);
}

/**
 * Copies a picture out of any layout into new memory without padding: the bytes of `ffmpeg(1)`.
 *
 * The caller owns the result. Throws `EINVAL` as `convertLayout` does. C: `av_image_copy_to_buffer`.
 *
 * @param layout What `memory` holds.
 * @param memory The picture.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { copyTight, ffmpeg, imageLayout } from "@mediamem/core-ts/image";
 *
 * const layout = imageLayout("gray", 3, 2, ffmpeg(4));
 * assertEquals([...copyTight(layout, Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 0))], [1, 2, 3, 4, 5, 6]);
 * ```
 */
export function copyTight(layout: ImageLayout, memory: Uint8Array): Uint8Array<ArrayBuffer> {
  const op = "copyTight";
  const record = checkLayout(op, "layout", layout);
  const tight = imageLayout(layout.format, layout.width, layout.height, { name: "ffmpeg", align: 1 });
  checkSamePicture(op, record, layout, tight);
  const src = placedPlanes(op, "memory", layout, memory, 0);
  const bytes = new Uint8Array(tight.size);
  copyPlanes(record, placedPlanes(op, "the copy", tight, bytes, 0), src, tight);
  return bytes;
}

function copyPlanes(record: FormatRecord, dst: Planes, src: Planes, layout: ImageLayout): void {
  for (const { plane, rowBytes, rows } of layout.planes) {
    // A palette is one block of bytes, however many rows its layout makes of it.
    if (isPalette(record, plane)) copyRows(dst[plane]!, src[plane]!, PALETTE_BYTES, 1);
    else copyRows(dst[plane]!, src[plane]!, rowBytes, rows);
  }
}

function checkSamePicture(op: string, record: FormatRecord, src: ImageLayout, dst: ImageLayout): void {
  const describe = ({ format, width, height }: ImageLayout): string => `${format} ${width}x${height}`;
  if (src.format !== dst.format || src.width !== dst.width || src.height !== dst.height) {
    invalid(
      op,
      `Cannot convert a layout: it is ${describe(src)}, wanted ${describe(dst)} as the other one is`,
    );
  }
  for (const { plane, rowBytes, rows } of src.planes) {
    const other = dst.planes[plane]!;
    if (isPalette(record, plane) || (rowBytes === other.rowBytes && rows === other.rows)) continue;
    const lost = src.width % 2 === 1 && Math.abs(rowBytes - other.rowBytes) <= record.step[plane]!
      ? ": an odd width under webcodecs lacks the last chroma column"
      : "";
    invalid(
      op,
      `Cannot convert a layout of ${describe(src)}: plane ${plane} has ${rows} rows of ${rowBytes} bytes, ` +
        `wanted ${other.rows} rows of ${other.rowBytes} as in the other one${lost}`,
    );
  }
}

function samePlaces(src: Planes, dst: Planes): boolean {
  return src.every(({ memory, offset, linesize }, plane) => {
    const other = dst[plane]!;
    return memory.byteOffset + offset === other.memory.byteOffset + other.offset &&
      linesize === other.linesize;
  });
}

function checkApart(
  op: string,
  srcLayout: ImageLayout,
  srcMemory: Uint8Array,
  dstLayout: ImageLayout,
  dstMemory: Uint8Array,
): void {
  const distance = dstMemory.byteOffset - srcMemory.byteOffset;
  for (const from of srcLayout.planes) {
    for (const to of dstLayout.planes) {
      if (!planesOverlap(from, to, distance)) continue;
      throw new MediaError(
        "OVERLAP",
        `Cannot convert a layout: plane ${to.plane} would be written onto plane ${from.plane} of the source, ` +
          `wanted memory apart`,
        { op },
      );
    }
  }
}
