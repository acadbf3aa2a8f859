import type { VNode } from "preact";
import { HEAP_BYTE_KINDS, type HeapByteKind, type HeapMap, type HeapStretch, partsOf } from "./heap_map.ts";
import { box, element, gapFill, paddingFill, px, text } from "./marks.ts";
import type { Part } from "./memory_strip.ts";
import { MARGIN, PICTURE_WIDTH, textWidth } from "./style.ts";
import { bytes, grouped, shorten } from "./words.ts";

/** Where the rows start, behind their addresses. */
export const ROWS_LEFT = 112;
/** How wide a row is. */
export const ROWS_WIDTH: number = PICTURE_WIDTH - MARGIN - ROWS_LEFT;
const BAR = 18;
const STEP = 23;
/** What is less wide than this is drawn so wide, so that nothing in use is lost. */
const LEAST = 0.75;
/** A name that would be cut shorter is left out. */
const LEAST_LABEL = 6;

/** How the bytes of a kind are painted. */
export function kindFill(
  kind: HeapByteKind,
  id: string,
): { readonly class: string } | { readonly fill: string } {
  switch (kind) {
    case "used":
      return { class: "plane0" };
    case "zone":
      return { class: "alarm" };
    case "padding":
      return paddingFill(id);
    case "header":
      return { class: "quiet" };
    case "reserved":
      return { class: "plane1" };
    case "quarantined":
      return { class: "plane2" };
    case "foreign":
      return gapFill(id);
    case "free":
      return { class: "gap-paper" };
  }
}

/** What the drawing calls the bytes of a kind. */
export const KIND_WORDS: Readonly<Record<HeapByteKind, string>> = {
  used: "in use",
  zone: "red zones",
  padding: "padding to the alignment",
  header: "headers and tables",
  reserved: "freed, in reserve",
  quarantined: "freed, in quarantine",
  foreign: "not the heap's",
  free: "free",
};

/** The places of a stretch of bytes in the rows, one rectangle for each row that it touches. */
function places(
  { from: start, rowBytes, rows }: HeapMap,
  from: number,
  to: number,
): { readonly x: number; readonly row: number; readonly width: number }[] {
  const found: { x: number; row: number; width: number }[] = [];
  const end = Math.min(to, start + rows * rowBytes);
  for (let at = Math.max(from, start); at < end;) {
    const row = Math.floor((at - start) / rowBytes);
    const stop = Math.min(end, start + (row + 1) * rowBytes);
    const x = ROWS_LEFT + ((at - start - row * rowBytes) / rowBytes) * ROWS_WIDTH;
    found.push({ x, row, width: ((stop - at) / rowBytes) * ROWS_WIDTH });
    at = stop;
  }
  return found;
}

function stretchWords(stretch: HeapStretch, name: string | undefined): string {
  const who = name === undefined ? "" : `${name}: `;
  const { state, address, size, start, length } = stretch;
  if (state === "used") return `${who}${bytes(size)} in use at ${address}`;
  return `${who}${KIND_WORDS[state]}: ${start} to ${start + length - 1}`;
}

/** Every stretch by itself, with its name where it is wide enough. */
function exactRows(
  map: HeapMap,
  stretches: readonly HeapStretch[],
  names: ReadonlyMap<number, string>,
  id: string,
  top: number,
): VNode[] {
  const shapes: VNode[] = [];
  const labels: VNode[] = [];
  const paint = (from: number, to: number, kind: HeapByteKind, title: string): void => {
    for (const { x, row, width } of places(map, from, to)) {
      const wide = kind === "header" || kind === "padding" ? width : Math.max(width, LEAST);
      shapes.push(box(x, top + row * STEP, wide, BAR, kindFill(kind, id), title));
    }
  };
  paint(0, stretches[0]?.start ?? 0, "header", "The heap's header and tables");
  for (const stretch of stretches) {
    const name = names.get(stretch.address);
    const title = stretchWords(stretch, stretch.state === "used" ? name : undefined);
    partsOf(stretch, map.checked, (from, to, kind) => {
      if (kind === "free" || from === to) return;
      paint(from, to, kind, kind === "used" ? title : `${KIND_WORDS[kind]}: ${bytes(to - from)}. ${title}`);
    });
    if (stretch.state !== "used" || name === undefined) continue;
    const widest = places(map, stretch.address, stretch.address + stretch.size)
      .reduce((best, place) => place.width > best.width ? place : best, { x: 0, row: 0, width: 0 });
    const words = shorten(name, Math.floor((widest.width - 8) / textWidth("x")));
    if (words.length < LEAST_LABEL && words !== name) continue;
    labels.push(text(widest.x + widest.width / 2, top + widest.row * STEP + 13, words, "onto", "middle"));
  }
  return [...shapes, ...labels];
}

/** One path for each kind: every column filled from below by the shares of its bytes; equal neighbours are one shape. */
function columnRows(map: HeapMap, id: string, top: number): VNode[] {
  const { rows, columns, counts, rowBytes } = map;
  const kinds = HEAP_BYTE_KINDS.length;
  const columnBytes = rowBytes / columns;
  const width = ROWS_WIDTH / columns;
  const paths = HEAP_BYTE_KINDS.map((): string[] => []);
  const edges = (column: number): string => {
    let filled = 0;
    const heights: number[] = [];
    for (let kind = 0; kind < kinds - 1; kind++) {
      filled += counts[column * kinds + kind]!;
      heights.push(Math.round((filled / columnBytes) * BAR * 2) / 2);
    }
    return heights.join(" ");
  };
  for (let row = 0; row < rows; row++) {
    const bottom = top + row * STEP + BAR;
    for (let column = 0; column < columns;) {
      const shape = edges(row * columns + column);
      let next = column + 1;
      while (next < columns && edges(row * columns + next) === shape) next++;
      let low = 0;
      for (const [kind, edge] of shape.split(" ").entries()) {
        const high = Number(edge);
        if (high > low) {
          // Both ends are rounded, not the width: neighbours would part.
          const x = tenth(ROWS_LEFT + column * width);
          const wide = tenth(tenth(ROWS_LEFT + next * width) - x);
          paths[kind]!.push(
            `M${x} ${tenth(bottom - high)}h${wide}v${high - low}h-${wide}z`,
          );
        }
        low = high;
      }
      column = next;
    }
  }
  return HEAP_BYTE_KINDS.flatMap((kind, i) =>
    paths[i]!.length === 0
      ? []
      : [element("path", { d: paths[i]!.join(""), "shape-rendering": "crispEdges", ...kindFill(kind, id) })]
  );
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/**
 * The storage of a heap in rows from low to high addresses, each with the address that it starts at.
 *
 * @param names Names of blocks by their addresses.
 */
export function heapRows(map: HeapMap, names: ReadonlyMap<number, string>, id: string, top: number): Part {
  const addresses: VNode[] = [];
  for (let row = 0; row < map.rows; row++) {
    const y = top + row * STEP;
    addresses.push(
      element("rect", {
        x: ROWS_LEFT,
        y: px(y),
        width: ROWS_WIDTH,
        height: BAR,
        class: "gap-paper",
      }),
      text(ROWS_LEFT - 8, y + 13, grouped(map.from + row * map.rowBytes), "quiet", "end"),
    );
  }
  const rows = map.exact === null ? columnRows(map, id, top) : exactRows(map, map.exact, names, id, top);
  return { node: element("g", null, addresses, rows), height: map.rows * STEP };
}
