import type { ImageLayout, PixelFormatName, PlaneLayout } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import { checkInt, checkInteger, invalid, show } from "@mediamem/checks";
import { isPalette, PALETTE_BYTES, planeCount, planeLayout, rowBytesOf, rowsOf } from "./layout_plane.ts";
import { checkLinesize } from "./layout_limits.ts";
import { planesOverlap } from "./layout_overlap.ts";
import { highestEnd, lowestByte } from "./layout_value.ts";
import type { FormatRecord } from "./record.ts";
import { findFormat } from "./record.ts";

const OP = "customLayout";

/**
 * Makes a layout of offsets and linesizes that come from elsewhere: a `GstVideoMeta`, a driver, a file header.
 *
 * Rows and bytes per row follow from the format and the size. Planes may lie in any order, upside down (negative linesize) and
 * between each other's rows. `size` is the end of the highest byte that a plane touches.
 *
 * Throws `EINVAL` where a plane starts before byte 0, where its rows run into each other, where its end is no safe integer, and
 * for a number of planes that is not the format's; `OVERLAP` where two planes share a byte.
 *
 * @param format Name or alias of a pixel format.
 * @param width Pixels.
 * @param height Pixels.
 * @param planes Bytes: where the top row of each plane starts, and the distance to the row below. A palette is plane 1, with
 * a linesize of 0 (FFmpeg: one row of 1024 bytes) or 4 (GStreamer: 256 rows).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { customLayout } from "@mediamem/core-ts/image";
 *
 * // U beside V in the same rows.
 * const layout = customLayout("yuv420p", 4, 4, [
 *   { offset: 0, linesize: 4 },
 *   { offset: 16, linesize: 4 },
 *   { offset: 18, linesize: 4 },
 * ]);
 * assertEquals(layout.size, 24);
 * ```
 */
export function customLayout(
  format: PixelFormatName,
  width: number,
  height: number,
  planes: readonly Pick<PlaneLayout, "offset" | "linesize">[],
): ImageLayout {
  const record = findFormat(OP, format);
  checkInt(OP, "width", width);
  checkInt(OP, "height", height);
  if (width <= 0 || height <= 0) {
    invalid(OP, `Cannot lay out ${record.name}: the picture is ${width}x${height}, wanted at least 1x1`);
  }
  if (record.hwaccel) {
    invalid(
      OP,
      `Cannot lay out ${record.name}: its pixels are on a device, wanted a format with planes in memory`,
    );
  }
  if (!Array.isArray(planes)) {
    throw new TypeError(
      `Cannot call ${OP}: planes are ${show(planes)}, wanted an array of { offset, linesize }`,
    );
  }
  if (planes.length !== planeCount(record)) {
    invalid(OP, `Cannot lay out ${record.name}: ${planes.length} planes, wanted ${planeCount(record)}`);
  }
  const result: PlaneLayout[] = [];
  for (let i = 0; i < planes.length; i++) result.push(customPlane(record, width, height, i, planes[i]!));
  checkNoOverlap(record, result);
  return {
    format: record.name,
    width,
    height,
    rules: { name: "custom" },
    size: highestEnd(result),
    planes: result,
  };
}

function customPlane(
  record: FormatRecord,
  width: number,
  height: number,
  index: number,
  { offset, linesize }: Pick<PlaneLayout, "offset" | "linesize">,
): PlaneLayout {
  checkInteger(OP, `planes[${index}].offset`, offset);
  checkInt(OP, `planes[${index}].linesize`, linesize);
  const cannot = `Cannot lay out ${record.name}: plane ${index}`;
  let plane: PlaneLayout;
  if (isPalette(record, index)) {
    if (linesize !== 0 && linesize !== 4) {
      invalid(OP, `${cannot} is a palette with linesize ${linesize}, wanted 0 or 4`);
    }
    plane = linesize === 0
      ? planeLayout(index, offset, 0, PALETTE_BYTES, 1)
      : planeLayout(index, offset, 4, 4, PALETTE_BYTES / 4);
  } else {
    const rowBytes = rowBytesOf(record, width, index);
    checkLinesize(OP, record, width, height, rowBytes);
    if (Math.abs(linesize) < rowBytes) {
      invalid(OP, `${cannot} has linesize ${linesize}, wanted at least the ${rowBytes} bytes of its rows`);
    }
    plane = planeLayout(index, offset, linesize, rowBytes, rowsOf(record, height, index));
  }
  const start = lowestByte(plane);
  if (start < 0) invalid(OP, `${cannot} reaches down to byte ${start}, wanted 0 or more`);
  if (!Number.isSafeInteger(start + plane.extent)) {
    invalid(
      OP,
      `${cannot} reaches up to byte ${start + plane.extent}, wanted at most ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  return plane;
}

function checkNoOverlap(record: FormatRecord, planes: readonly PlaneLayout[]): void {
  for (const [i, a] of planes.entries()) {
    for (const b of planes.slice(i + 1)) {
      if (!planesOverlap(a, b)) continue;
      throw new MediaError(
        "OVERLAP",
        `Cannot lay out ${record.name}: planes ${a.plane} and ${b.plane} share bytes, wanted planes apart`,
        { op: OP },
      );
    }
  }
}
