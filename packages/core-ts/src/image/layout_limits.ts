import type { FormatRecord } from "./record.ts";
import { invalid } from "@mediamem/checks";
import { INT_MAX } from "./layout_plane.ts";

/** Throws `EINVAL` for a format whose pixels are on a device, and for a picture that FFmpeg refuses whatever its format. */
export function checkFfmpegPicture(op: string, record: FormatRecord, width: number, height: number): void {
  if (record.hwaccel) {
    invalid(
      op,
      `Cannot lay out ${record.name}: its pixels are on a device, wanted a format with planes in memory`,
    );
  }
  // av_image_check_size asks no format: it takes 8 bytes a pixel for granted.
  const stride = 8 * width + 1024;
  if (stride >= INT_MAX || stride * (height + 128) >= INT_MAX) {
    tooLarge(op, record, width, height, "a picture", `(8 * width + 1024) * (height + 128) below ${INT_MAX}`);
  }
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
