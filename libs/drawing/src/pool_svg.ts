import type { VNode } from "preact";
import { type LegendEntry, legendLines } from "./legend.ts";
import { element, path, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import { holderClass, holderColours, type PoolSlot, poolSlots } from "./pool_slots.ts";
import { idOf, sheetSvg } from "./sheet.ts";
import { MARGIN, PICTURE_WIDTH, textWidth } from "./style.ts";
import { timeAxis, timelineChart, timeX } from "./timeline_chart.ts";
import { bytesInShort, grouped, shorten, xmlText } from "./words.ts";

/** Something that happened to a pool at one step: it was trimmed, another took its place, it warned. */
export interface PoolEvent {
  /** The step. */
  readonly step: number;
  /** What happened, in a word or two. */
  readonly words: string;
  /** Whether it deserves a look. */
  readonly warning: boolean;
}

/** The figures of a pool over the steps of a run. All arrays are as long as `steps`. */
export interface PoolHistory {
  /** The steps at which the figures were taken, ascending. */
  readonly steps: readonly number[];
  /** Buffers out. */
  readonly out: readonly number[];
  /** Buffers in the pool. */
  readonly idle: readonly number[];
  /** Bytes of both. */
  readonly bytes: readonly number[];
}

/** The life of a pool, for {@linkcode poolSvg}. */
export interface PoolLife {
  /** What the pool is of: the name of a trace. */
  readonly title: string;
  /** What its buffers are: `yuv420p 1920x1080, 3110400 bytes each`. */
  readonly subtitle: string;
  /** How many steps the run had. */
  readonly last: number;
  /** One for each buffer that there was at a time. */
  readonly slots: readonly PoolSlot[];
  /** What happened to the pool, ascending. */
  readonly events: readonly PoolEvent[];
  /** The figures. */
  readonly history: PoolHistory;
  /** How many buffers may be out at a time; `Infinity` for no limit. */
  readonly max: number;
  /** From how many buffers out on the pool warns; `Infinity` for never. */
  readonly highWater: number;
}

/** What {@linkcode poolSvg} may be told besides the life of the pool. */
export interface PoolSvgOptions {
  /** Tells apart the pictures of one page: letters, digits, `-` and `_`. Default: made of the title. */
  readonly id?: string;
}

/** Warnings stand in the first line, what was done to the pool in the second, so that no mark crosses the words of another. */
const EVENT_LINE = 14;
const EVENT_HEIGHT = 2 * EVENT_LINE + 8;

/** Marks events over the rows; words stand where no other mark of their line is. */
function eventMarks(events: readonly PoolEvent[], last: number, top: number, bottom: number): VNode[] {
  const x = ({ step }: PoolEvent): number => timeX(Math.max(0, step - 1), last);
  return [true, false].flatMap((warning) => {
    const line = events.filter((event) => event.warning === warning);
    const y = top + 12 + (warning ? 0 : EVENT_LINE);
    let end = 0;
    return line.map((event, i) => {
      const at = x(event);
      const label = shorten(event.words, 28);
      const width = textWidth(label);
      const left = at + 4 + width > PICTURE_WIDTH - MARGIN ? at - 4 - width : at + 4;
      const next = line[i + 1];
      const before = line[i - 1];
      const free = before === undefined || left > at || x(before) < left;
      const fits = free && left >= end && (next === undefined || x(next) >= left + width);
      if (fits) end = Math.max(left + width, at) + 4;
      return element(
        "g",
        null,
        element("title", null, xmlText(`${event.words}, step ${grouped(event.step)}`)),
        path(warning ? "alarm-line" : "strong", [[at, y - 9], [at, warning ? y + 2 : bottom]]),
        fits ? text(left, y, label, warning ? "alarm" : "ink") : null,
      );
    });
  });
}

function legend(slots: readonly PoolSlot[]): LegendEntry[] {
  const colours = holderColours(slots);
  const others = slots.some(({ spans }) =>
    spans.some(({ holder, out }) => out > 0 && (holder === null || !colours.includes(holder)))
  );
  const entries = colours.map((holder) => ({
    words: `out: ${shorten(holder, 24)}`,
    fill: { class: holderClass(holder, colours) },
    title: `out: ${holder}`,
  }));
  if (others) {
    const words = colours.length === 0 ? "out" : "out: others";
    entries.push({ words, fill: { class: holderClass(null, colours) }, title: words });
  }
  return [...entries, { words: "idle in the pool", fill: { class: "gap-paper" }, title: "idle in the pool" }];
}

function charts({ history, last, max, highWater }: PoolLife, top: number): Part {
  const common = { steps: history.steps, last, step: "step" };
  const counts = timelineChart({
    ...common,
    heading: "Buffers",
    figure: grouped,
    series: [{ label: "out", values: history.out }, { label: "idle", values: history.idle }],
    limits: [{ value: max, label: `max ${max}` }, { value: highWater, label: `high water ${highWater}` }],
  }, top);
  const memory = timelineChart({
    ...common,
    heading: "Bytes",
    figure: bytesInShort,
    binary: true,
    series: [{ label: "of all buffers", values: history.bytes }],
  }, top + counts.height + 18);
  return { node: element("g", null, counts.node, memory.node), height: counts.height + 18 + memory.height };
}

function describe({ slots, events, history }: PoolLife): string {
  const most = history.out.reduce((peak, count) => Math.max(peak, count), 0);
  const happened = events.slice(0, 20).map(({ step, words }) => `step ${step}: ${words}`);
  return `${slots.length} buffers at most, ${most} out at most. ${happened.join(", ")}`;
}

/**
 * Draws the life of a pool: the text of an SVG file. A row for each buffer, who had it when, and below it the counts over the same steps.
 *
 * @param life What happened.
 * @param options What else the picture is told.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { poolSvg } from "@mediamem/drawing";
 *
 * const svg = poolSvg({
 *   title: "one frame",
 *   subtitle: "16 bytes each",
 *   last: 4,
 *   slots: [{ spans: [{ from: 0, to: 3, out: 1, holder: "decoder" }, { from: 3, to: 4, out: 0, holder: null }] }],
 *   events: [],
 *   history: { steps: [0, 3], out: [1, 0], idle: [0, 1], bytes: [16, 16] },
 *   max: 8,
 *   highWater: Infinity,
 * });
 * assertStringIncludes(svg, "decoder");
 * ```
 */
export function poolSvg(life: PoolLife, options: PoolSvgOptions = {}): string {
  const title = shorten(life.title, 80);
  const id = idOf(options.id ?? `pool-${title}`);
  const parts: VNode[] = [
    text(MARGIN, 36, `Pool of ${title}`, "ink title"),
    text(MARGIN, 56, shorten(life.subtitle, 130), "quiet"),
  ];
  const key = legendLines(legend(life.slots), 68);
  const line = 68 + key.height + 10;
  parts.push(key.node, path("line", [[MARGIN, line], [PICTURE_WIDTH - MARGIN, line]]));
  const eventsTop = line + 6;
  const slotsTop = eventsTop + (life.events.length === 0 ? 6 : EVENT_HEIGHT);
  const rows = poolSlots(life.slots, life.last, slotsTop);
  const bottom = slotsTop + rows.height;
  parts.push(
    ...eventMarks(life.events, life.last, eventsTop, bottom),
    rows.node,
    timeAxis(life.last, "step", bottom + 12),
  );
  const drawn = charts(life, bottom + 34);
  parts.push(drawn.node);
  return sheetSvg({
    id,
    title: `Pool of ${title}, ${life.subtitle}`,
    description: describe(life),
    height: Math.ceil(bottom + 34 + drawn.height) + MARGIN,
    parts,
  });
}
