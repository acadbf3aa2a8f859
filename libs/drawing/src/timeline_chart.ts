import type { VNode } from "preact";
import { box, element, path, px, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import { curveClass, MARGIN, PICTURE_WIDTH, planeClass, textWidth } from "./style.ts";
import { grouped, shorten } from "./words.ts";

/** One curve of a chart over time. */
export interface TimelineSeries {
  /** What it shows. */
  readonly label: string;
  /** Its values, one for each step, at least 0. */
  readonly values: readonly number[];
}

/** Values over the steps of a run. */
export interface Timeline {
  /** The steps at which the values were taken, ascending. */
  readonly steps: readonly number[];
  /** The curves, most important first. */
  readonly series: readonly TimelineSeries[];
}

/** What a chart over time shows besides its values. */
export interface TimelineChart extends Timeline {
  /** What the values are. */
  readonly heading: string;
  /** Writes a value with its unit. */
  readonly figure: (value: number) => string;
  /** Whether values are bytes, whose round numbers are powers of two. */
  readonly binary?: boolean;
  /** The last step. */
  readonly last: number;
  /** What a step is: `operation`. */
  readonly step: string;
  /** Values that get a line of their own, with their names: limits. */
  readonly limits?: readonly { readonly value: number; readonly label: string }[];
  /** A step that is marked. */
  readonly mark?: number;
}

/** Where every picture over time starts, so that the time of one stands above that of the next. */
export const TIME_LEFT = 112;
/** How wide time is drawn. */
export const TIME_WIDTH: number = PICTURE_WIDTH - MARGIN - TIME_LEFT;
const HEIGHT = 96;

/** The place of a step. */
export function timeX(step: number, last: number): number {
  return TIME_LEFT + (last === 0 ? 0 : step / last) * TIME_WIDTH;
}

/** The first round number that is at least the value. */
function roundTop(value: number, binary: boolean): number {
  if (value <= 1) return 1;
  const unit = binary ? 2 ** Math.floor(Math.log2(value)) : 10 ** Math.floor(Math.log10(value));
  const factors = binary ? [1, 1.25, 1.5, 1.75, 2] : [1, 2, 4, 6, 8, 10];
  return factors.map((factor) => factor * unit).find((top) => top >= value) ?? value;
}

/** The steps under a chart: its ends and its middle. */
export function timeAxis(last: number, step: string, y: number): VNode {
  const middle = Math.round(last / 2);
  const ends = [
    text(TIME_LEFT, y, "0", "quiet"),
    text(PICTURE_WIDTH - MARGIN, y, `${step} ${grouped(last)}`, "quiet", "end"),
  ];
  return element(
    "g",
    null,
    ends,
    middle > 0 && middle < last ? text(timeX(middle, last), y, grouped(middle), "quiet", "middle") : null,
  );
}

/** A stair: what is after a step holds since the step before. */
function curve(chart: TimelineChart, index: number, y: (value: number) => number): VNode[] {
  const { steps, last, series } = chart;
  const { values } = series[index]!;
  if (values.length === 0) return [];
  const left = px(timeX(steps[0]!, last));
  let d = `M${left} ${px(y(values[0]!))}`;
  for (let i = 1; i < values.length; i++) {
    if (values[i] !== values[i - 1]) d += `V${px(y(values[i]!))}`;
    d += `H${px(timeX(steps[i]!, last))}`;
  }
  const line = element("path", { d, class: curveClass(index) });
  if (index > 0) return [line];
  return [
    element("path", { d: `${d}V${px(y(0))}H${left}z`, class: planeClass(0), "fill-opacity": 0.25 }),
    line,
  ];
}

/** Curves over the steps of a run, all to one scale; the first one is filled. */
export function timelineChart(chart: TimelineChart, top: number): Part {
  const { heading, figure, last, step, series, limits = [], mark } = chart;
  const highest = Math.max(
    0,
    ...limits.map(({ value }) => Number.isFinite(value) ? value : 0),
    ...series.map(({ values }) => values.reduce((most, value) => Math.max(most, value), 0)),
  );
  const most = roundTop(highest, chart.binary ?? false);
  const base = top + 24 + HEIGHT;
  const y = (value: number): number => base - (value / most) * HEIGHT;
  const nodes: VNode[] = [text(MARGIN, top + 12, heading, "ink heading")];
  let x = TIME_LEFT + Math.max(0, textWidth(heading) * 1.25 - (TIME_LEFT - MARGIN) + 16);
  for (const [i, { label, values }] of series.entries()) {
    const words = `${shorten(label, 40)}, last ${figure(values.at(-1) ?? 0)}`;
    nodes.push(
      box(x, top + 3, 10, 10, { class: planeClass(i) }, words),
      text(x + 15, top + 12, words, "quiet"),
    );
    x += 15 + textWidth(words) + 14;
  }
  for (const { value, label } of limits) {
    if (!Number.isFinite(value)) continue;
    nodes.push(path("alarm-line", [[x, top + 8], [x + 10, top + 8]]), text(x + 15, top + 12, label, "quiet"));
    x += 15 + textWidth(label) + 14;
  }
  for (const value of [0, most / 2, most]) {
    nodes.push(
      path("line", [[TIME_LEFT, y(value)], [PICTURE_WIDTH - MARGIN, y(value)]]),
      text(TIME_LEFT - 8, y(value) + 4, figure(value), "quiet", "end"),
    );
  }
  for (const i of series.keys()) nodes.push(...curve(chart, series.length - 1 - i, y));
  for (const { value } of limits) {
    if (Number.isFinite(value)) {
      nodes.push(path("alarm-line", [[TIME_LEFT, y(value)], [PICTURE_WIDTH - MARGIN, y(value)]]));
    }
  }
  if (mark !== undefined) {
    nodes.push(path("strong", [[timeX(mark, last), top + 24], [timeX(mark, last), base]]));
  }
  nodes.push(timeAxis(last, step, base + 14));
  return { node: element("g", null, nodes), height: 24 + HEIGHT + 20 };
}
