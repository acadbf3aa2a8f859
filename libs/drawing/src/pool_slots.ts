import type { VNode } from "preact";
import { box, element, px, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import { denseRow } from "./pool_slots_dense.ts";
import { planeClass, textWidth } from "./style.ts";
import { TIME_LEFT, TIME_WIDTH, timeX } from "./timeline_chart.ts";
import { grouped, shorten } from "./words.ts";

/** What a buffer of a pool is for some steps. */
export interface PoolSpan {
  /** The step after which it begins: 0 for what is so from the first step on. */
  readonly from: number;
  /** The last step of it. */
  readonly to: number;
  /** The share of these steps that the buffer was out, 0 to 1; between them it was idle. */
  readonly out: number;
  /** Who held it, where that was one; else null. */
  readonly holder: string | null;
}

/** The place of one buffer after the other: where one was freed, the next one made stands in its row. Where there is no span, there is no buffer. */
export interface PoolSlot {
  /** What its spans are, ascending and apart. */
  readonly spans: readonly PoolSpan[];
}

/** At most so many rows are drawn. */
const MOST_ROWS = 40;
/** As many spans are drawn one by one. */
const MOST_EXACT = 1500;
/** A name that would be cut shorter is left out. */
const LEAST_LABEL = 6;

/** The holders that have a colour of their own: those that held longest. The others share the last colour. */
export function holderColours(slots: readonly PoolSlot[]): readonly string[] {
  const held = new Map<string, number>();
  for (const { spans } of slots) {
    for (const { holder, from, to, out } of spans) {
      if (holder !== null) held.set(holder, (held.get(holder) ?? 0) + (to - from) * out);
    }
  }
  const holders = [...held].sort((a, b) => b[1] - a[1]).map(([holder]) => holder);
  return holders.length <= 4 ? holders : holders.slice(0, 3);
}

/** The class of what a holder has. */
export function holderClass(holder: string | null, colours: readonly string[]): string {
  const index = holder === null ? -1 : colours.indexOf(holder);
  if (index >= 0) return planeClass(index);
  return planeClass(colours.length === 0 ? 0 : 3);
}

function spanWords({ from, to, out, holder }: PoolSpan): string {
  const who = holder === null ? "" : `, ${holder}`;
  const steps = from + 1 === to ? `step ${grouped(to)}` : `steps ${grouped(from + 1)} to ${grouped(to)}`;
  if (out === 0) return `Idle, ${steps}`;
  return out === 1 ? `Out${who}, ${steps}` : `${Math.round(out * 100)} % out${who}, ${steps}`;
}

/** Every span by itself, with its holder where there is room for the name. */
function exactRow(
  spans: readonly PoolSpan[],
  last: number,
  y: number,
  bar: number,
  classOf: (holder: string | null) => string,
): VNode[] {
  const shapes: VNode[] = [];
  const labels: VNode[] = [];
  for (const span of spans) {
    const x = timeX(span.from, last);
    const width = Math.max(timeX(span.to, last) - x, 0.5);
    const title = spanWords(span);
    const height = span.out * bar;
    if (height < bar) shapes.push(box(x, y, width, bar, { class: "gap-paper" }, title));
    if (height === 0) continue;
    shapes.push(box(x, y + bar - height, width, height, { class: classOf(span.holder) }, title));
    if (span.holder === null || span.out < 1) continue;
    const words = shorten(span.holder, Math.floor((width - 6) / textWidth("x")));
    if (words.length < LEAST_LABEL && words !== span.holder) continue;
    labels.push(text(x + width / 2, y + bar / 2 + 4, words, "onto", "middle"));
  }
  return [...shapes, ...labels];
}

/** One row for each slot over the steps: coloured while the buffer is out, light while it is idle, empty where there is none. */
export function poolSlots(slots: readonly PoolSlot[], last: number, top: number): Part {
  const shown = slots.slice(0, MOST_ROWS);
  const step = shown.length <= 20 ? 22 : 14;
  const bar = step - 4;
  const colours = holderColours(slots);
  const classOf = (holder: string | null): string => holderClass(holder, colours);
  const drawRow = shown.reduce((sum, { spans }) => sum + spans.length, 0) > MOST_EXACT ? denseRow : exactRow;
  const nodes: VNode[] = [];
  for (const [row, { spans }] of shown.entries()) {
    const y = top + row * step;
    nodes.push(
      text(TIME_LEFT - 8, y + bar / 2 + 4, `buffer ${row + 1}`, "quiet", "end"),
      element("path", {
        d: `M${TIME_LEFT} ${px(y + bar / 2)}h${TIME_WIDTH}`,
        class: "line",
        "stroke-dasharray": "1 4",
      }),
      ...drawRow(spans, last, y, bar, classOf),
    );
  }
  let height = shown.length * step;
  if (slots.length > shown.length) {
    const more = grouped(slots.length - shown.length);
    nodes.push(text(TIME_LEFT, top + height + 10, `and ${more} more buffers`, "quiet"));
    height += 18;
  }
  return { node: element("g", null, nodes), height };
}
