import type { VNode } from "preact";
import { box, element, px, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import { MARGIN, PICTURE_WIDTH, textWidth } from "./style.ts";

/** One entry of a legend. */
export interface LegendEntry {
  readonly words: string;
  readonly fill: { readonly class: string } | { readonly fill: string };
  /** What a pointer over it shows. */
  readonly title: string;
}

const LINE = 18;
const KEY = 12;
const GAP = 20;

/** Sets the entries side by side, in as many lines as they need. */
export function legendLines(entries: readonly LegendEntry[], top: number): Part {
  let x = MARGIN;
  let y = top;
  const nodes: VNode[] = [];
  for (const { words, fill, title } of entries) {
    const width = LINE + textWidth(words);
    if (x > MARGIN && x + width > PICTURE_WIDTH - MARGIN) {
      x = MARGIN;
      y += LINE;
    }
    nodes.push(
      box(x, y, KEY, KEY, fill, title),
      element("rect", { x: px(x), y, width: KEY, height: KEY, class: "line" }),
      text(x + LINE, y + 10, words, "quiet"),
    );
    x += width + GAP;
  }
  return { node: element("g", null, nodes), height: y + KEY - top };
}
