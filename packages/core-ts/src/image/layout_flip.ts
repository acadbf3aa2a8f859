import type { ImageLayout, PlaneLayout } from "@mediamem/interface";
import { isPalette, planeLayout } from "./layout_plane.ts";
import { checkLayout } from "./layout_value.ts";

/**
 * Makes the layout of the same memory seen upside down: no byte moves.
 *
 * Each plane starts at what was its last row and has the opposite linesize; a palette stays. Twice is the layout again, with
 * `custom` rules. This is what FFmpeg's `vflip` does to a frame.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ffmpeg, flipLayout, imageLayout } from "@mediamem/core-ts/image";
 *
 * const [luma] = flipLayout(imageLayout("nv12", 5, 3, ffmpeg(8))).planes;
 * assertEquals([luma!.offset, luma!.linesize], [16, -8]);
 * ```
 */
export function flipLayout(layout: ImageLayout): ImageLayout {
  const record = checkLayout("flipLayout", "layout", layout);
  const planes: PlaneLayout[] = [];
  for (const plane of layout.planes) {
    planes.push(isPalette(record, plane.plane) ? plane : flipPlane(plane));
  }
  return { ...layout, rules: { name: "custom" }, planes };
}

function flipPlane({ plane, offset, linesize, rowBytes, rows }: PlaneLayout): PlaneLayout {
  // 0 - linesize, as -linesize makes a linesize of 0 into -0.
  return planeLayout(plane, offset + linesize * (rows - 1), 0 - linesize, rowBytes, rows);
}
