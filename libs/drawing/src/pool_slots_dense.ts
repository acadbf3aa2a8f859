import type { VNode } from "preact";
import { element } from "./marks.ts";
import type { PoolSpan } from "./pool_slots.ts";
import { timeX } from "./timeline_chart.ts";

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function shape(from: number, to: number, y: number, height: number): string {
  const x = tenth(from);
  const width = tenth(tenth(to) - x);
  return width === 0 ? "" : `M${x} ${y}h${width}v${height}h-${width}z`;
}

/** One row of many spans as few shapes: what was there as one ground, and on it for each colour one path of what was out, as high as its share. */
export function denseRow(
  spans: readonly PoolSpan[],
  last: number,
  y: number,
  height: number,
  classOf: (holder: string | null) => string,
): VNode[] {
  const paths = new Map<string, string[]>();
  const add = (name: string, d: string): void => {
    const shapes = paths.get(name);
    if (shapes === undefined) paths.set(name, [d]);
    else shapes.push(d);
  };
  let start = spans[0]?.from ?? 0;
  for (const [i, { from, to }] of spans.entries()) {
    if (spans[i + 1]?.from === to) continue;
    add("gap-paper", shape(timeX(start, last), timeX(to, last), y, height));
    start = spans[i + 1]?.from ?? from;
  }
  for (const { from, to, out, holder } of spans) {
    const high = Math.round(out * height * 2) / 2;
    if (high > 0) add(classOf(holder), shape(timeX(from, last), timeX(to, last), y + height - high, high));
  }
  return [...paths].map(([name, shapes]) => element("path", { d: shapes.join(""), class: name }));
}
