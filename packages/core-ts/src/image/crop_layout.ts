import type { ImageLayout, PlaneLayout } from "@mediamem/interface";
import { AVERROR, MediaError, PIXEL_FORMAT_FLAG } from "@mediamem/interface";
import { checkInteger, invalid, show } from "@mediamem/checks";
import { isPalette, planeLayout, rowBytesOf, rowsOf } from "./layout_plane.ts";
import { checkLayout, highestEnd } from "./layout_value.ts";
import type { FormatRecord } from "./record.ts";

const OP = "cropLayout";

/** A part of a picture, in pixels. */
export interface CropRectangle {
  /** Columns to leave out on the left. */
  readonly left: number;
  /** Rows to leave out at the top. */
  readonly top: number;
  /** Columns to keep. */
  readonly width: number;
  /** Rows to keep. */
  readonly height: number;
}

/**
 * Makes the layout of a part of a picture, in the same memory: no byte moves.
 *
 * Works upside down too. A palette stays. The rules of the result are `custom`, and its `size` ends with the last byte that the
 * part touches. What the layout lacks (the last chroma column of an odd width under `webcodecs`), the part lacks as well.
 *
 * Throws `ERANGE` for a part that is not inside the picture; `EINVAL` for an empty part, and for a left or top edge that would
 * split a chroma sample, a group of pixels (`yuyv422`, `uyyvyy411`), a Bayer pattern or a byte (`monow`): the message names
 * the nearest edges that would not. C: `av_frame_apply_cropping`, which moves such an edge without a word.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { cropLayout, ffmpeg, imageLayout } from "@mediamem/core-ts/image";
 *
 * const layout = imageLayout("yuv420p", 8, 8, ffmpeg(1));
 * const part = cropLayout(layout, { left: 4, top: 2, width: 3, height: 3 });
 * assertEquals(part.planes.map((plane) => plane.offset), [20, 70, 86]);
 * assertEquals(part.planes.map((plane) => plane.rowBytes), [3, 2, 2]);
 * ```
 */
export function cropLayout(layout: ImageLayout, rectangle: CropRectangle): ImageLayout {
  const record = checkLayout(OP, "layout", layout);
  checkRectangle(layout, rectangle);
  const { left, top, width, height } = rectangle;
  const [columns, rows] = groups(record);
  checkEdge(record, "left", left, columns, layout.width);
  checkEdge(record, "top", top, rows, layout.height);
  const planes: PlaneLayout[] = [];
  for (const plane of layout.planes) {
    planes.push(isPalette(record, plane.plane) ? plane : cropPlane(record, plane, rectangle));
  }
  return {
    format: layout.format,
    width,
    height,
    rules: { name: "custom" },
    size: highestEnd(planes),
    planes,
  };
}

function cropPlane(record: FormatRecord, plane: PlaneLayout, rectangle: CropRectangle): PlaneLayout {
  const index = plane.plane;
  // The edge is a multiple of the group, so this is exact: whole samples, and whole bytes in bitstream formats.
  const steps = record.step[index]! * (rectangle.left >> record.shiftW[index]!);
  const leftBytes = record.bitstream ? steps / 8 : steps;
  const topRows = rectangle.top >> record.shiftH[index]!;
  return planeLayout(
    index,
    plane.offset + topRows * plane.linesize + leftBytes,
    plane.linesize,
    Math.min(rowBytesOf(record, rectangle.width, index), plane.rowBytes - leftBytes),
    rowsOf(record, rectangle.height, index),
  );
}

/** The smallest number of columns and of rows that a picture of the format can be cut at. */
function groups(record: FormatRecord): readonly [number, number] {
  const { log2ChromaW, log2ChromaH } = record.descriptor;
  if ((record.flags & PIXEL_FORMAT_FLAG.BAYER) !== 0) return [2, 2];
  if (!record.bitstream) return [1 << log2ChromaW, 1 << log2ChromaH];
  let columns = 1;
  while ((columns * record.step[0]!) % 8 !== 0) columns += columns;
  return [columns, 1];
}

function checkRectangle(layout: ImageLayout, rectangle: CropRectangle): void {
  if (typeof rectangle !== "object" || rectangle === null) {
    throw new TypeError(
      `Cannot call ${OP}: rectangle is ${show(rectangle)}, wanted { left, top, width, height }`,
    );
  }
  const { left, top, width, height } = rectangle;
  checkInteger(OP, "left", left);
  checkInteger(OP, "top", top);
  checkInteger(OP, "width", width);
  checkInteger(OP, "height", height);
  const found = `the part is ${width}x${height} at ${left},${top}`;
  if (width <= 0 || height <= 0) invalid(OP, `Cannot crop ${layout.format}: ${found}, wanted at least 1x1`);
  if (left >= 0 && top >= 0 && left + width <= layout.width && top + height <= layout.height) return;
  throw new MediaError(
    "ERANGE",
    `Cannot crop ${layout.format}: ${found}, wanted it inside the picture of ${layout.width}x${layout.height}`,
    { op: OP, averror: AVERROR.ERANGE },
  );
}

function checkEdge(record: FormatRecord, name: string, value: number, group: number, end: number): void {
  if (value % group === 0) return;
  const below = value - (value % group);
  const above = below + group < end ? ` or ${below + group}` : "";
  invalid(
    OP,
    `Cannot crop ${record.name}: ${name} is ${value}, wanted a multiple of ${group}: ${below}${above}`,
  );
}
