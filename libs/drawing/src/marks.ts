import { type Attributes, type ComponentChildren, h, type VNode } from "preact";
import { textWidth } from "./style.ts";
import { xmlText } from "./words.ts";

/** Rounds a coordinate: a thousandth of a pixel is enough, and equal pictures are equal texts. */
export function px(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** An SVG element. */
export function element(
  name: string,
  attributes: Attributes & Readonly<Record<string, string | number>> | null,
  ...children: ComponentChildren[]
): VNode {
  // preact types each element by its name; a picture is made of too few kinds for that to be worth a cast per call.
  return h<unknown>(name, attributes, ...children) as VNode;
}

/** A line of text with its baseline at `y`. */
export function text(
  x: number,
  y: number,
  words: string,
  className = "ink",
  anchor: "start" | "middle" | "end" = "start",
): VNode {
  return element("text", { x: px(x), y: px(y), class: className, "text-anchor": anchor }, xmlText(words));
}

/** A filled rectangle with the words that a pointer over it shows. */
export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: { readonly class: string } | { readonly fill: string },
  title: string,
): VNode {
  const place = { x: px(x), y: px(y), width: px(width), height: px(height) };
  return element("rect", { ...place, ...fill }, element("title", null, xmlText(title)));
}

/** A path of straight lines, `M x y L x y …`. */
export function path(className: string, points: readonly (readonly [number, number])[]): VNode {
  const d = points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${px(x)} ${px(y)}`).join("");
  return element("path", { d, class: className });
}

/** A dimension line over `[x, x + width]` with its text: in the middle where it fits, else at its right end. */
export function dimension(x: number, y: number, width: number, words: string, className = "quiet"): VNode {
  const inside = textWidth(words) + 16 < width;
  const stroke = className === "padding-text" ? "padding-stripe" : "line";
  const middle = x + width / 2;
  const half = inside ? textWidth(words) / 2 : 0;
  return element(
    "g",
    null,
    path(stroke, [[x, y - 4], [x, y + 4]]),
    path(stroke, [[x, y], [middle - half, y]]),
    path(stroke, [[middle + half, y], [x + width, y]]),
    path(stroke, [[x + width, y - 4], [x + width, y + 4]]),
    inside
      ? text(middle, y + 4, words, className, "middle")
      : text(x + width + 6, y + 4, words, className, "start"),
  );
}

/** The fills for padding and for gaps. `id` tells apart the pictures of one page. */
export function patterns(id: string): VNode {
  const tile = (name: string, size: number) => ({
    id: `${id}-${name}`,
    width: size,
    height: size,
    patternUnits: "userSpaceOnUse",
  });
  return element(
    "defs",
    null,
    element(
      "pattern",
      tile("padding", 6),
      element("rect", { width: 6, height: 6, class: "padding-paper" }),
      element("path", { d: "M-1 1L1 -1M0 6L6 0M5 7L7 5", class: "padding-stripe" }),
    ),
    element(
      "pattern",
      tile("gap", 6),
      element("rect", { width: 6, height: 6, class: "gap-paper" }),
      element("circle", { cx: 3, cy: 3, r: 1, class: "gap-dot" }),
    ),
  );
}

/** The fill of the bytes between the end of a row and the start of the next. */
export function paddingFill(id: string): { fill: string } {
  return { fill: `url(#${id}-padding)` };
}

/** The fill of the bytes that belong to no plane. */
export function gapFill(id: string): { fill: string } {
  return { fill: `url(#${id}-gap)` };
}
