import type { ImageLayout, PixelFormatDescriptor } from "@mediamem/interface";
import type { VNode } from "preact";
import { checkLayout } from "./check_layout.ts";
import { box, element, gapFill, paddingFill, path, patterns, text } from "./marks.ts";
import { memoryStrip } from "./memory_strip.ts";
import { planePicture } from "./plane_picture.ts";
import { findRegions, type Regions } from "./regions.ts";
import { fitScale } from "./scale.ts";
import { MARGIN, PICTURE_WIDTH, planeClass, STYLE, textWidth } from "./style.ts";
import { description, planeContent, ruleSetInWords, summary, xmlText } from "./words.ts";

/** What {@linkcode LayoutPicture} draws. */
export interface LayoutPictureProps {
  /** The layout to draw. */
  readonly layout: ImageLayout;
  /** The descriptor of its pixel format: names what each plane holds. */
  readonly descriptor?: PixelFormatDescriptor;
  /** Tells apart the pictures of one page: letters, digits, `-` and `_`. Default: made of the layout's format, size and rule set. */
  readonly id?: string;
}

/** An SVG element for preact to render or to take as a child: its `VNode`. */
export interface PictureElement {
  /** `svg`. */
  readonly type: unknown;
  /** Attributes and children. */
  readonly props: object;
}

function defaultId({ format, width, height, rules }: ImageLayout): string {
  const align = "align" in rules ? `-${rules.align}` : "";
  return `layout-${format}-${width}x${height}-${rules.name}${align}`;
}

function legend(layout: ImageLayout, regions: Regions, id: string, y: number): VNode {
  const entries: { words: string; fill: { class: string } | { fill: string } }[] = layout.planes.map((
    plane,
  ) => ({
    words: `plane ${plane.plane}`,
    fill: { class: planeClass(plane.plane) },
  }));
  if (regions.padding > 0) entries.push({ words: "padding at the end of rows", fill: paddingFill(id) });
  if (regions.gaps > 0) entries.push({ words: "outside the planes", fill: gapFill(id) });
  let x = MARGIN;
  return element(
    "g",
    null,
    entries.map(({ words, fill }) => {
      const at = x;
      x += 18 + textWidth(words) + 20;
      return element("g", null, box(at, y, 12, 12, fill, words), text(at + 18, y + 10, words, "quiet"));
    }),
  );
}

/**
 * A picture's layout as an SVG element: the memory as a strip, then every plane to scale with its padding.
 *
 * One component for the command line, the reports and web pages. Throws a `TypeError` for a layout whose numbers contradict each
 * other.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LayoutPicture } from "@mediamem/drawing";
 *
 * const picture = LayoutPicture({
 *   layout: {
 *     format: "gray",
 *     width: 3,
 *     height: 1,
 *     rules: { name: "ffmpeg", align: 4 },
 *     size: 4,
 *     planes: [{ plane: 0, offset: 0, linesize: 4, rowBytes: 3, rows: 1, extent: 3 }],
 *   },
 * });
 * assertEquals(picture.type, "svg");
 * ```
 */
export function LayoutPicture(props: LayoutPictureProps): PictureElement {
  const { layout, descriptor } = props;
  checkLayout(layout);
  const id = (props.id ?? defaultId(layout)).replace(/[^\w-]/g, "_");
  const regions = findRegions(layout);
  const scale = fitScale(layout, regions);
  const name = `${layout.format} ${layout.width}x${layout.height}`;
  const rules = ruleSetInWords(layout.rules);

  const parts: VNode[] = [];
  let top = 116;
  const strip = memoryStrip(layout, regions, id, top);
  parts.push(strip.node);
  top += strip.height + 22;
  for (const region of regions.planes) {
    const part = planePicture({
      region,
      content: planeContent(descriptor, region.plane.plane),
      scale,
      id,
      top,
    });
    parts.push(part.node);
    top += part.height + 28;
  }
  const unit = (value: number): string => String(Number(value.toPrecision(3)));
  const scaleWords = `Every plane to the same scale: 1 byte = ${unit(scale.byte)} px, 1 row = ${
    unit(scale.row)
  } px`;
  parts.push(text(MARGIN, top, scaleWords, "quiet"));
  const height = Math.ceil(top) + MARGIN;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "mediamem-layout",
      role: "img",
      "aria-labelledby": `${id}-title ${id}-desc`,
      width: PICTURE_WIDTH,
      height,
      viewBox: `0 0 ${PICTURE_WIDTH} ${height}`,
    },
    element("title", { id: `${id}-title` }, xmlText(`${name}, rule set ${rules}`)),
    element("desc", { id: `${id}-desc` }, xmlText(description(layout, regions))),
    element("style", null, STYLE),
    patterns(id),
    element("rect", { width: PICTURE_WIDTH, height, class: "paper" }),
    text(MARGIN, 36, name, "ink title"),
    text(MARGIN, 56, `rule set ${rules}`, "quiet"),
    text(MARGIN, 72, summary(layout, regions), "quiet"),
    legend(layout, regions, id, 84),
    path("line", [[MARGIN, 106], [PICTURE_WIDTH - MARGIN, 106]]),
    parts,
  );
}
