import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { box, element, text } from "./marks.ts";
import { MARGIN, PICTURE_WIDTH, planeClass, STYLE } from "./style.ts";
import { xmlText } from "./words.ts";

/** One bar: who, and how much. */
export interface ChartBar {
  /** Who the figure belongs to; the same label has the same colour in every group. */
  readonly label: string;
  /** The figure, above 0. */
  readonly value: number;
}

/** Bars that are compared with each other: each group has a scale of its own. */
export interface ChartGroup {
  /** What was measured. */
  readonly name: string;
  /** The bars, top first. */
  readonly bars: readonly ChartBar[];
}

const LABEL_WIDTH = 190;
const FIGURE_WIDTH = 90;
const BAR = 16;
const STEP = 22;

function figure(value: number): string {
  return value.toLocaleString("en-US", { maximumSignificantDigits: 3 });
}

function group({ name, bars }: ChartGroup, labels: readonly string[], top: number): VNode {
  const most = Math.max(...bars.map((bar) => bar.value));
  const width = PICTURE_WIDTH - 2 * MARGIN - LABEL_WIDTH - FIGURE_WIDTH;
  return element(
    "g",
    null,
    text(MARGIN, top + 12, name, "ink heading"),
    bars.map(({ label, value }, i) => {
      const y = top + 20 + i * STEP;
      const length = Math.max(1, (value / most) * width);
      return element(
        "g",
        null,
        text(MARGIN, y + 12, label, "quiet"),
        box(
          MARGIN + LABEL_WIDTH,
          y,
          length,
          BAR,
          { class: planeClass(labels.indexOf(label)) },
          `${label}: ${figure(value)}`,
        ),
        text(MARGIN + LABEL_WIDTH + length + 8, y + 12, figure(value), "ink"),
      );
    }),
  );
}

/**
 * Draws groups of bars: the text of an SVG file. Each group has its own scale, because what one compares is within a group.
 *
 * Throws a `TypeError` for a value that is not above 0.
 *
 * @param title What the figures are, with their unit.
 * @param groups The groups, top first.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { chartSvg } from "@mediamem/drawing";
 *
 * const svg = chartSvg("Nanoseconds a call", [
 *   { name: "bufferSize", bars: [{ label: "core-ts", value: 5 }, { label: "ffi", value: 30 }] },
 * ]);
 * assertStringIncludes(svg, "bufferSize");
 * ```
 */
export function chartSvg(title: string, groups: readonly ChartGroup[]): string {
  for (const { name, bars } of groups) {
    for (const { label, value } of bars) {
      if (value > 0) continue;
      throw new TypeError(`Cannot draw ${name}: ${label} is ${value}, wanted a number above 0`);
    }
  }
  const labels = [...new Set(groups.flatMap(({ bars }) => bars.map((bar) => bar.label)))];
  let top = MARGIN + 40;
  const parts: VNode[] = [];
  for (const one of groups) {
    parts.push(group(one, labels, top));
    top += 20 + one.bars.length * STEP + 18;
  }
  return renderToString(
    element(
      "svg",
      {
        xmlns: "http://www.w3.org/2000/svg",
        class: "mediamem-layout",
        viewBox: `0 0 ${PICTURE_WIDTH} ${top + MARGIN}`,
        width: PICTURE_WIDTH,
        height: top + MARGIN,
        role: "img",
      },
      element("title", null, xmlText(title)),
      element("style", null, STYLE),
      element("rect", { width: PICTURE_WIDTH, height: top + MARGIN, class: "paper" }),
      text(MARGIN, MARGIN + 14, title, "ink title"),
      parts,
    ),
  );
}
