import type { AvutilMajor, FfmpegFrameRules, ImageLayout, PlaneLayout } from "@mediamem/interface";
import { AVERROR, MediaError } from "@mediamem/interface";
import { invalid } from "@mediamem/checks";
import { checkFfmpegPicture, checkLinesize, tooLarge } from "./layout_limits.ts";
import {
  INT_MAX,
  PALETTE_BYTES,
  paletteLayout,
  planeLayout,
  roundUp,
  rowBytesOf,
  rowsOf,
} from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";
import { majorIndex } from "./record.ts";

const NEWEST: AvutilMajor = 60;

/** Formats that libavutil 56 gave a palette that nobody reads. */
const PSEUDO_PALETTE: ReadonlySet<string> = new Set(["gray", "bgr8", "bgr4_byte", "rgb8", "rgb4_byte"]);

/** What `av_frame_get_buffer` lays out in the one buffer that it allocates. */
export function frameLayout(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  rules: FfmpegFrameRules,
): ImageLayout {
  const { major = NEWEST, buildAlign = 64 } = rules;
  if (record.numbers[majorIndex(op, major)]! < 0) {
    invalid(
      op,
      `Cannot lay out ${record.name}: libavutil ${major} does not have it, wanted a format that it has`,
    );
  }
  checkFfmpegPicture(op, record, width, height);
  const align = rules.align === 0 ? (major >= 59 ? buildAlign : 32) : rules.align;
  const padding = Math.max(major >= 60 ? buildAlign : 32, rules.align);
  const alignedWidth = strideWidth(record, width, align);
  // Room for filters that work on blocks of up to 32 rows.
  const paddedHeight = roundUp(height, 32);
  const planes: PlaneLayout[] = [];
  // 60 also rounds up where a plane starts. Behind a first plane that is aligned, every plane is already.
  let bytes = 0;
  for (let plane = 0; plane < record.planes; plane++) {
    const linesize = roundUp(rowBytesOf(record, alignedWidth, plane), align);
    checkLinesize(op, record, width, height, linesize);
    const rowBytes = rowBytesOf(record, width, plane);
    planes.push(
      planeLayout(plane, bytes + plane * padding, linesize, rowBytes, rowsOf(record, height, plane)),
    );
    bytes += linesize * rowsOf(record, paddedHeight, plane);
  }
  if (record.palette) planes.push(paletteLayout(bytes + padding));
  if (record.palette || (major === 56 && PSEUDO_PALETTE.has(record.name))) bytes += PALETTE_BYTES;
  const size = bytes + 4 * padding + (major >= 60 ? 4 * align : 0);
  if (size > INT_MAX) tooManyBytes(op, record, width, height, size, major);
  return { format: record.name, width, height, rules, size, planes };
}

/** The width whose rows are a multiple of `align` already, or come nearest to it among the powers of two. */
function strideWidth(record: FormatRecord, width: number, align: number): number {
  for (let i = 1;; i += i) {
    const candidate = roundUp(width, i);
    if (i >= align || rowBytesOf(record, candidate, 0) % align === 0) return candidate;
  }
}

function tooManyBytes(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  size: number,
  major: AvutilMajor,
): never {
  const limit = `at most ${INT_MAX}`;
  if (major < 60) tooLarge(op, record, width, height, `${size} bytes`, limit);
  // 60 counts in size_t, and it is the allocator that says no.
  const message = `Cannot lay out ${record.name}: ${width}x${height} makes ${size} bytes, wanted ${limit}`;
  throw new MediaError("ENOMEM", message, { op, averror: AVERROR.ENOMEM });
}
