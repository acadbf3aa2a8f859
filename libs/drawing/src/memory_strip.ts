import type { ImageLayout } from "@mediamem/interface";
import type { VNode } from "preact";
import { box, element, gapFill, paddingFill, path, text } from "./marks.ts";
import type { PlaneRegion, Regions } from "./regions.ts";
import { MARGIN, PICTURE_WIDTH, planeClass, textWidth } from "./style.ts";
import { bytes } from "./words.ts";

const WIDTH = PICTURE_WIDTH - 2 * MARGIN;
const BAR = 26;
const LINE = 14;
/** Rows are drawn one by one where one takes at least this many pixels of the strip. */
const ROW_FROM = 6;

/** Sets labels under their places in as few lines as keep them apart; gives each one's x and line. */
function arrange(
  labels: readonly { at: number; words: string }[],
): { x: number; line: number; words: string; at: number }[] {
  const ends: number[] = [];
  return labels.map(({ at, words }) => {
    const width = textWidth(words);
    const x = Math.max(MARGIN, Math.min(at, PICTURE_WIDTH - MARGIN - width));
    let line = ends.findIndex((end) => end + 8 <= x);
    if (line < 0) line = ends.length;
    ends[line] = x + width;
    return { x, line, words, at };
  });
}

function planeBoxes(region: PlaneRegion, x: (byte: number) => number, id: string, top: number): VNode[] {
  const { plane, low, high, step, padding, lastPadding } = region;
  const title = `Plane ${plane.plane}: bytes ${low} to ${high - 1}`;
  const fill = { class: planeClass(plane.plane) };
  const after = (from: number, count: number): VNode =>
    box(x(from), top, x(from + count) - x(from), BAR, paddingFill(id), `${bytes(count)} of padding`);
  if (region.shared || region.palette || padding === 0 || x(step) - x(0) < ROW_FROM) {
    const tail = lastPadding > 0 ? [after(high, lastPadding)] : [];
    return [box(x(low), top, x(high) - x(low), BAR, fill, title), ...tail];
  }
  return Array.from({ length: plane.rows }, (_, row) => {
    const from = low + step * row;
    const count = row === plane.rows - 1 ? lastPadding : padding;
    return element(
      "g",
      null,
      box(x(from), top, x(from + plane.rowBytes) - x(from), BAR, fill, title),
      count > 0 ? after(from + plane.rowBytes, count) : null,
    );
  });
}

/** A drawn part and how high it is. */
export interface Part {
  readonly node: VNode;
  readonly height: number;
}

/** The whole memory of the picture as one strip, to scale: where each plane lies, and what lies between. */
export function memoryStrip(layout: ImageLayout, regions: Regions, id: string, top: number): Part {
  const x = (byte: number): number => MARGIN + (byte / Math.max(1, layout.size)) * WIDTH;
  const bar = top + 22;
  const gapBox = (from: number, count: number): VNode | null =>
    count === 0
      ? null
      : box(x(from), bar, x(from + count) - x(from), BAR, gapFill(id), `${bytes(count)} outside the planes`);
  const labels = arrange([
    ...regions.planes.map((region) => ({
      at: x(region.low),
      words: `plane ${region.plane.plane} from byte ${region.low}`,
    })),
    { at: x(layout.size), words: `size ${layout.size}` },
  ]);
  const lines = Math.max(...labels.map((label) => label.line)) + 1;
  const node = element(
    "g",
    null,
    text(MARGIN, top + 12, "Memory", "ink heading"),
    gapBox(0, regions.gapBefore),
    regions.planes.map((region) => planeBoxes(region, x, id, bar)),
    regions.planes.map((region) => gapBox(region.high + region.lastPadding, region.gap)),
    element("rect", { x: MARGIN, y: bar, width: WIDTH, height: BAR, class: "line" }),
    labels.map((label) => {
      const y = bar + BAR + 4 + LINE * (label.line + 1);
      return element(
        "g",
        null,
        path("line", [[label.at, bar + BAR], [label.at, y - 9]]),
        text(label.x + (label.x === label.at ? 3 : 0), y, label.words, "quiet"),
      );
    }),
  );
  return { node, height: 22 + BAR + 8 + LINE * lines };
}
