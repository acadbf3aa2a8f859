import type { ImageLayout } from "@mediamem/interface";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { LayoutPicture, type LayoutPictureProps } from "./layout_picture.ts";

/** What {@linkcode layoutSvg} may be told besides the layout. */
export type LayoutSvgOptions = Omit<LayoutPictureProps, "layout">;

/**
 * Draws a picture's layout: the text of an SVG file, which can also stand in a page as it is.
 *
 * Throws a `TypeError` for a layout whose numbers contradict each other.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { layoutSvg } from "@mediamem/drawing";
 *
 * const svg = layoutSvg({
 *   format: "gray",
 *   width: 300,
 *   height: 2,
 *   rules: { name: "ffmpeg", align: 16 },
 *   size: 608,
 *   planes: [{ plane: 0, offset: 0, linesize: 304, rowBytes: 300, rows: 2, extent: 604 }],
 * });
 * assertStringIncludes(svg, "4 bytes");
 * ```
 */
export function layoutSvg(layout: ImageLayout, options: LayoutSvgOptions = {}): string {
  return renderToString(h(LayoutPicture, { layout, ...options }));
}
