import type { VNode } from "preact";
import { box, dimension, element, gapFill, paddingFill, path, px, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import type { PlaneRegion } from "./regions.ts";
import { rowEnd } from "./row_end.ts";
import { PLANE_WIDTH, type Scale } from "./scale.ts";
import { MARGIN, planeClass, textWidth } from "./style.ts";
import { bytes } from "./words.ts";

const LEFT = 136;
const INSET_LEFT = 674;
const LONGEST_GAP = 60;

/** What to draw of a plane, and where. */
export interface PlanePictureProps {
  readonly region: PlaneRegion;
  /** What the plane holds: `Y`; may be empty. */
  readonly content: string;
  readonly scale: Scale;
  readonly id: string;
  readonly top: number;
}

function heading({ region, content, top }: PlanePictureProps): VNode[] {
  const { plane } = region;
  const name = `Plane ${plane.plane}${content === "" ? "" : `: ${content}`}`;
  const facts = ["offset", "linesize", "rowBytes", "rows", "extent"] as const;
  const words = facts.map((fact) => `${fact} ${plane[fact]}`);
  if (plane.linesize < 0) words.push("stored bottom up");
  return [
    text(MARGIN, top + 12, name, "ink heading"),
    text(
      Math.max(LEFT, MARGIN + textWidth(name) * 1.25 + 12),
      top + 12,
      words.join(" · "),
      "quiet",
    ),
  ];
}

function rowLabels({ plane }: PlaneRegion, y: number, height: number): VNode[] {
  const x = LEFT - 26;
  const label = (row: number, at: number): VNode[] => [
    text(x, at, `row ${row}`, "ink", "end"),
    text(x, at + 12, `byte ${plane.offset + row * plane.linesize}`, "quiet", "end"),
  ];
  if (plane.rows === 1) return label(0, y + 9);
  return [...label(0, y + 9), ...label(plane.rows - 1, Math.max(y + height - 12, y + 36))];
}

/** An arrow from the first byte in memory towards the last. */
function direction({ plane }: PlaneRegion, y: number, height: number): VNode {
  const x = LEFT - 13;
  const up = plane.linesize < 0;
  const [from, to] = up ? [y + Math.max(height, 14), y] : [y, y + Math.max(height, 14)];
  const head = up ? 6 : -6;
  const shaft = up ? "padding-stripe" : "line";
  return element(
    "g",
    null,
    element(
      "title",
      null,
      up ? "Memory runs from the bottom row to the top row" : "Memory runs from the top row down",
    ),
    path(shaft, [[x, from], [x, to]]),
    path(shaft, [[x - 4, to + head], [x, to], [x + 4, to + head]]),
  );
}

function grid(x: number, y: number, columns: number, rows: number, scale: Scale): VNode {
  const [width, height] = [columns * scale.byte, rows * scale.row];
  const vertical = Array.from(
    { length: columns - 1 },
    (_, i) => `M${px(x + (i + 1) * scale.byte)} ${px(y)}v${px(height)}`,
  );
  const horizontal = Array.from(
    { length: rows - 1 },
    (_, i) => `M${px(x)} ${px(y + (i + 1) * scale.row)}h${px(width)}`,
  );
  return element("path", { d: [`M${px(x)} ${px(y)}`, ...vertical, ...horizontal].join(""), class: "cells" });
}

/** The rows of a plane and what follows each of them. */
function rows({ region, scale, id }: PlanePictureProps, y: number): VNode[] {
  const { plane, padding, lastPadding, shared } = region;
  const visibleWidth = plane.rowBytes * scale.byte;
  const height = plane.rows * scale.row;
  const nodes = [
    box(
      LEFT,
      y,
      visibleWidth,
      height,
      { class: planeClass(plane.plane) },
      `Plane ${plane.plane}: ${plane.rows === 1 ? "1 row" : `${plane.rows} rows`} of ${
        bytes(plane.rowBytes)
      }`,
    ),
  ];
  if (padding > 0 && !shared) {
    const x = LEFT + visibleWidth;
    const title = `${bytes(padding)} of padding after each row`;
    const up = plane.linesize < 0;
    // The last row in memory stands alone only where its padding is cut off by what follows.
    const cut = lastPadding < padding ? scale.row : 0;
    nodes.push(box(x, up ? y + cut : y, padding * scale.byte, height - cut, paddingFill(id), title));
    if (cut > 0 && lastPadding > 0) {
      const words = `${bytes(lastPadding)} of padding after the last row`;
      nodes.push(box(x, up ? y : y + height - cut, lastPadding * scale.byte, cut, paddingFill(id), words));
    }
  }
  if (scale.cells) nodes.push(grid(LEFT, y, plane.rowBytes + (shared ? 0 : padding), plane.rows, scale));
  return nodes;
}

function gapBelow({ region, scale, id }: PlanePictureProps, y: number): Part {
  const { gap, step, high, lastPadding } = region;
  if (gap === 0) return { node: element("g", null), height: 0 };
  // A palette and a plane without bytes have no rows to compare with.
  const rowless = region.palette || step === 0;
  const exact = rowless ? 4 : (gap / step) * scale.row;
  const width = Math.min((rowless ? gap : Math.min(gap, step)) * scale.byte, PLANE_WIDTH);
  const height = Math.min(Math.max(exact, 4), LONGEST_GAP);
  const from = high + lastPadding;
  const scaled = rowless ? ", not to scale" : exact > LONGEST_GAP ? ", drawn shorter" : "";
  const words = `${bytes(gap)} outside the planes: ${from} to ${from + gap - 1}${scaled}`;
  return {
    node: element(
      "g",
      null,
      box(LEFT, y + 3, width, height, gapFill(id), words),
      text(LEFT, y + height + 16, words, "quiet"),
    ),
    height: height + 20,
  };
}

function palette({ region, top }: PlanePictureProps): Part {
  const { plane } = region;
  const y = top + 24;
  const lines = [
    ...Array.from({ length: 63 }, (_, i) => `M${LEFT + (i + 1) * 7.5} ${y}v32`),
    ...[8, 16, 24].map((row) => `M${LEFT} ${y + row}h480`),
  ];
  const node = element(
    "g",
    null,
    box(LEFT, y, 480, 32, { class: planeClass(plane.plane) }, `The palette: ${bytes(plane.extent)}`),
    element("path", { d: lines.join(""), class: "cells" }),
    text(LEFT, y + 46, "256 entries of 4 bytes, not to the scale of the other plane", "quiet"),
  );
  return { node, height: 24 + 50 };
}

/** One plane: its numbers, its rows to scale, the end of its rows enlarged, and the bytes behind it. */
export function planePicture(props: PlanePictureProps): Part {
  const { region, scale, id, top } = props;
  if (region.palette) {
    const part = palette(props);
    const gap = gapBelow(props, top + part.height);
    return {
      node: element("g", null, heading(props), part.node, gap.node),
      height: part.height + gap.height,
    };
  }
  const { plane, padding, shared } = region;
  const y = top + 60;
  const width = plane.rowBytes * scale.byte;
  const height = plane.rows * scale.row;
  const full = (plane.rowBytes + padding) * scale.byte;
  const inset = padding > 0 && !shared && !scale.cells ? rowEnd(region, id, INSET_LEFT, top + 22) : null;
  const gap = gapBelow(props, y + height);
  const beside = shared && padding > 0
    ? text(LEFT + width + 8, y + 10, `${bytes(padding)} to the next row, other planes among them`, "quiet")
    : null;
  const node = element(
    "g",
    null,
    heading(props),
    dimension(LEFT, top + 30, shared ? width : full, `linesize ${plane.linesize}`),
    dimension(LEFT, top + 48, width, `rowBytes ${plane.rowBytes}`),
    !inset && padding > 0 && !shared
      ? text(LEFT + full + 8, y + 10, `${bytes(padding)} of padding`, "padding-text")
      : null,
    rowLabels(region, y, height),
    direction(region, y, height),
    rows(props, y),
    beside,
    inset === null ? null : path("line", [[LEFT + full + 2, y], [INSET_LEFT - 10, top + 22]]),
    inset === null ? null : path("line", [[LEFT + full + 2, y + Math.min(height, 60)], [
      INSET_LEFT - 10,
      top + 22 + inset.height,
    ]]),
    inset?.node,
    gap.node,
  );
  const body = 60 + Math.max(height, plane.rows > 1 ? 52 : 24) + gap.height;
  return { node, height: Math.max(body, inset === null ? 0 : inset.height + 24) };
}
