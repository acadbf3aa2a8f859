import type { VNode } from "preact";
import { dimension, element, paddingFill, path, px, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import type { PlaneRegion } from "./regions.ts";
import { planeClass } from "./style.ts";
import { bytes } from "./words.ts";

const CELL = 13;
const BREAK = 18;
/** Cells of padding that are drawn; more are broken in the middle. */
const PADDING_CELLS = 8;
const VISIBLE_CELLS = 4;

interface Row {
  readonly label: string;
  /** Bytes of padding behind this row that are in the memory. */
  readonly padding: number;
}

function rowsToShow(region: PlaneRegion): Row[] {
  const { plane, padding, lastPadding } = region;
  const lastInMemory = plane.linesize < 0 ? 0 : plane.rows - 1;
  const shown = plane.rows <= 4 ? [...Array(plane.rows).keys()] : [0, 1, plane.rows - 1];
  return shown.map((row) => ({
    label: `row ${row}`,
    padding: row === lastInMemory ? lastPadding : padding,
  }));
}

function cells(x: number, y: number, count: number): VNode {
  const lines = Array.from({ length: count + 1 }, (_, i) => `M${px(x + i * CELL)} ${px(y)}v${CELL}`).join("");
  return element("path", { d: lines, class: "cells" });
}

function breakMark(x: number, y: number): VNode {
  return text(x + BREAK / 2, y + CELL - 3, "…", "quiet", "middle");
}

/** The last bytes of some rows, one cell a byte, so that padding shows that is too narrow in the plane to be seen. */
export function rowEnd(region: PlaneRegion, id: string, left: number, top: number): Part {
  const { plane, padding } = region;
  const visible = Math.min(plane.rowBytes, VISIBLE_CELLS);
  const broken = padding > PADDING_CELLS;
  const head = broken ? PADDING_CELLS - 2 : padding;
  const tail = broken ? 2 : 0;
  const start = left + 60 + BREAK;
  const paddingX = start + visible * CELL;
  const tailX = paddingX + head * CELL + BREAK;
  const paddingWidth = padding <= PADDING_CELLS ? padding * CELL : (head + tail) * CELL + BREAK;

  const rows = rowsToShow(region);
  const first = top + 40;
  const nodes = rows.map((row, i) => {
    const skipped = i > 0 && plane.rows > 4 && i === rows.length - 1;
    const y = first + i * (CELL + 4) + (plane.rows > 4 && i === rows.length - 1 ? 10 : 0);
    const paddingCells = (x: number, from: number, count: number): VNode | null => {
      const present = Math.max(0, Math.min(count, row.padding - from));
      if (present === 0) return null;
      return element(
        "g",
        null,
        element("rect", { x: px(x), y: px(y), width: present * CELL, height: CELL, ...paddingFill(id) }),
        cells(x, y, present),
      );
    };
    return element(
      "g",
      null,
      skipped ? text(paddingX, y - 5, "⋮", "quiet", "middle") : null,
      text(left, y + CELL - 3, row.label, "quiet"),
      plane.rowBytes > visible ? breakMark(start - BREAK, y) : null,
      element("rect", {
        x: px(start),
        y: px(y),
        width: visible * CELL,
        height: CELL,
        class: planeClass(plane.plane),
      }),
      cells(start, y, visible),
      paddingCells(paddingX, 0, head),
      broken && row.padding > head ? breakMark(tailX - BREAK, y) : null,
      broken ? paddingCells(tailX, padding - tail, tail) : null,
    );
  });
  const bottom = first + rows.length * (CELL + 4) + (plane.rows > 4 ? 10 : 0);
  const height = bottom + 20 - top;
  const node = element(
    "g",
    null,
    element("rect", { x: px(left - 10), y: px(top), width: 272, height: px(height), rx: 4, class: "line" }),
    text(left, top + 15, "End of the rows, 1 cell = 1 byte", "ink"),
    dimension(paddingX, top + 29, paddingWidth, bytes(padding), "padding-text"),
    nodes,
    path("line", [[paddingX, bottom - 2], [paddingX, bottom + 4]]),
    text(paddingX - 3, bottom + 12, `byte ${plane.rowBytes - 1}`, "quiet", "end"),
    text(paddingX + 3, bottom + 12, `byte ${plane.rowBytes} of the row`, "quiet"),
  );
  return { node, height };
}
