import { invalid } from "@mediamem/checks";
import { pictureFits, refuseSize } from "./check_size.ts";
import { INT_MAX } from "./layout_plane.ts";
import type { FormatRecord } from "./record.ts";

/** Throws `EINVAL` for a format whose pixels are on a device, and for a picture that FFmpeg refuses whatever its format. */
export function checkFfmpegPicture(op: string, record: FormatRecord, width: number, height: number): void {
  if (record.hwaccel) {
    invalid(
      op,
      `Cannot lay out ${record.name}: its pixels are on a device, wanted a format with planes in memory`,
    );
  }
  if (!pictureFits(width, height)) refuseSize(op, width, height);
}

/** Throws `EINVAL` for a linesize that no `int` holds. */
export function checkLinesize(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  linesize: number,
): void {
  if (linesize <= INT_MAX) return;
  tooLarge(op, record, width, height, "rows beyond an int", `a linesize of at most ${INT_MAX}`);
}

/** Throws the `EINVAL` of a picture beyond the limit of its rule set. */
export function tooLarge(
  op: string,
  record: FormatRecord,
  width: number,
  height: number,
  found: string,
  wanted: string,
): never {
  invalid(op, `Cannot lay out ${record.name}: ${width}x${height} makes ${found}, wanted ${wanted}`);
}
