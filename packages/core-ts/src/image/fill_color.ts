import type { PerPlane, PixelFormatName, Plane, Planes } from "@mediamem/interface";
import { checkExtent, checkFour, checkInt, checkPlanes, checkUnsigned, invalid } from "@mediamem/checks";
import { rowCount } from "./copy_rows.ts";
import { writeLine } from "./image_line.ts";
import { linesizesOf } from "./linesize.ts";
import { findFormat, type FormatRecord } from "./record.ts";

const OP = "av_image_fill_color";

/** The largest group of pixels that C can repeat, in steps. */
const MAX_BLOCK = 32;

/**
 * Paints a picture with one value per component.
 *
 * Values are native integers of the component's depth, floats as their bits; bits above the depth are not cut off and land in the
 * neighbours, as in C. The bytes between the rows and a palette stay as they are. Throws `EINVAL` for a format on a device, a
 * width without rows and planes outside their memory; nothing is written then. C: `av_image_fill_color` (libavutil 59).
 *
 * @param dst The picture, as many planes as the format has; null only checks whether it could be painted.
 * @param format Name or alias of a pixel format.
 * @param color A value per component, each 0 to 2^32 - 1.
 * @param width Pixels.
 * @param height Pixels; 0 or less paints no rows.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fillColor } from "@mediamem/core-ts/image";
 *
 * const dst = [{ memory: new Uint8Array(8), offset: 0, linesize: 8 }];
 * fillColor(dst, "uyvy422", [16, 128, 129, 0], 3, 1);
 * assertEquals([...dst[0]!.memory], [128, 16, 129, 16, 128, 16, 129, 16]);
 * ```
 */
export function fillColor(
  dst: Planes | null,
  format: PixelFormatName,
  color: PerPlane,
  width: number,
  height: number,
): void {
  const record = findFormat(OP, format);
  checkFour(OP, "color", color);
  for (let c = 0; c < 4; c++) checkUnsigned(OP, `color[${c}]`, color[c]!);
  checkInt(OP, "width", width);
  checkInt(OP, "height", height);
  fill(OP, record, dst, color, width, height);
}

/** {@linkcode fillColor} for the call `op`, its numbers checked. */
export function fill(
  op: string,
  record: FormatRecord,
  dst: Planes | null,
  color: PerPlane,
  width: number,
  height: number,
): void {
  const bytes = linesizesOf(op, record, width);
  const { planes, shiftH } = record;
  const blocks: Uint8Array[] = [];
  for (let plane = 0; plane < planes; plane++) blocks.push(blockOf(op, record, plane, color));
  if (dst === null) return;
  checkPlanes(op, "dst", dst, planes);
  for (let plane = 0; plane < planes; plane++) {
    checkExtent(op, `dst[${plane}]`, dst[plane]!, bytes[plane]!, rowCount(height, shiftH[plane]!));
  }
  for (let plane = 0; plane < planes; plane++) {
    const rows = rowCount(height, shiftH[plane]!);
    if (rows > 0 && bytes[plane]! > 0) fillRows(dst[plane]!, blocks[plane]!, bytes[plane]!, rows);
  }
}

function fillRows({ memory, offset, linesize }: Plane, block: Uint8Array, bytes: number, rows: number): void {
  const line = new Uint8Array(bytes);
  for (let i = 0; i < bytes; i++) line[i] = block[i % block.length]!;
  for (let row = 0; row < rows; row++) memory.set(line, offset + row * linesize);
}

/** The bytes of one group of pixels of a plane: as few as come again and again along a row. */
function blockOf(op: string, record: FormatRecord, plane: number, color: PerPlane): Uint8Array {
  const { descriptor, bitstream } = record;
  const components = descriptor.comp.slice(0, descriptor.nbComponents);
  const step = record.step[plane]!;
  if (step > MAX_BLOCK) {
    invalid(op, `Cannot call ${op}: ${record.name} has steps of ${step}, wanted at most ${MAX_BLOCK}`);
  }
  // In bitstream formats 8 groups, that they end with a byte.
  const block = new Uint8Array(step);
  for (const [c, sample] of components.entries()) {
    if (sample.plane !== plane) continue;
    const count = Math.floor((bitstream ? 8 : 1) * step / sample.step);
    writeLine(new Uint32Array(count).fill(color[c]!), block, 0, record, sample, 0, count);
  }
  return block;
}
