import type { VNode } from "preact";
import { HEAP_BYTE_KINDS, type HeapByteKind, type HeapMap } from "./heap_map.ts";
import { heapRows, KIND_WORDS, kindFill } from "./heap_rows.ts";
import { type LegendEntry, legendLines } from "./legend.ts";
import { path, text } from "./marks.ts";
import { idOf, sheetSvg } from "./sheet.ts";
import { MARGIN, PICTURE_WIDTH } from "./style.ts";
import { timelineChart } from "./timeline_chart.ts";
import { bytes, bytesInShort, grouped, shorten } from "./words.ts";

/** What {@linkcode heapSvg} draws besides the heap. */
export interface HeapSvgOptions {
  /** What the heap is of: the name of a trace. */
  readonly title: string;
  /** Names of blocks in use by their addresses. Drawn where there are few blocks. */
  readonly names?: ReadonlyMap<number, string>;
  /** What happened up to here; undefined: no charts. */
  readonly history?: HeapHistory;
  /** Tells apart the pictures of one page: letters, digits, `-` and `_`. Default: made of the title. */
  readonly id?: string;
}

/** The figures of a heap over the operations of a run. All arrays are as long as `steps`. */
export interface HeapHistory {
  /** How many operations were done when the figures were taken, ascending. */
  readonly steps: readonly number[];
  /** Bytes in use. */
  readonly bytes: readonly number[];
  /** Bytes of the heap's blocks, used and free. */
  readonly total: readonly number[];
  /** Fragmentation, 0 to 1. */
  readonly fragmentation: readonly number[];
  /** How many operations the run had. */
  readonly operations: number;
  /** After which operation the heap was drawn. */
  readonly drawnAt: number;
}

function legend(map: HeapMap, id: string): LegendEntry[] {
  return HEAP_BYTE_KINDS.filter((kind) => map.totals[kind] > 0).map((kind) => ({
    words: `${KIND_WORDS[kind]}: ${bytesInShort(map.totals[kind])}`,
    fill: kindFill(kind, id),
    title: `${KIND_WORDS[kind]}: ${bytes(map.totals[kind])}`,
  }));
}

function inWords(map: HeapMap): string {
  const { used, free, reserved, quarantined, foreign } = map.stretches;
  const parts = [`${grouped(used)} blocks in use`, `${grouped(free)} free`];
  if (reserved > 0) parts.push(`${grouped(reserved)} in reserve`);
  if (quarantined > 0) parts.push(`${grouped(quarantined)} in quarantine`);
  if (foreign > 0) parts.push(`${grouped(foreign)} not the heap's`);
  return parts.join(", ");
}

function scaleWords({ rowBytes, columns, exact }: HeapMap): string {
  const row = `1 row = ${bytesInShort(rowBytes)}`;
  if (exact !== null) return `${row}; each block to scale, what would be too narrow to see is drawn wider`;
  return `${row}, 1 column = ${
    bytesInShort(rowBytes / columns)
  }, filled from below by the share of each kind`;
}

function charts(history: HeapHistory, top: number): { readonly nodes: VNode[]; readonly bottom: number } {
  const { steps, operations, drawnAt } = history;
  const common = {
    steps,
    last: operations,
    step: "operation",
    ...(drawnAt === operations ? {} : { mark: drawnAt }),
  };
  const size = timelineChart({
    ...common,
    heading: "Bytes",
    figure: bytesInShort,
    binary: true,
    series: [{ label: "in use", values: history.bytes }, { label: "heap", values: history.total }],
  }, top);
  const below = top + size.height + 18;
  const holes = timelineChart({
    ...common,
    heading: "Fragmentation",
    figure: (value) => `${Number(value.toPrecision(3))} %`,
    series: [{
      label: "free memory below the last block",
      values: history.fragmentation.map((share) => share * 100),
    }],
  }, below);
  return { nodes: [size.node, holes.node], bottom: below + holes.height };
}

function describe(map: HeapMap): string {
  const kinds = HEAP_BYTE_KINDS.filter((kind: HeapByteKind) => map.totals[kind] > 0);
  return `${inWords(map)}. ${
    kinds.map((kind) => `${KIND_WORDS[kind]}: ${bytes(map.totals[kind])}`).join(", ")
  }.`;
}

/**
 * Draws a heap: the text of an SVG file. Its storage in rows to scale, what each byte is, and how it came to be so over the operations.
 *
 * A heap of a few hundred blocks is drawn block by block, a larger one in columns that show the shares of their bytes; the file stays below 1 MB.
 *
 * @param map What {@linkcode mapHeap} counted.
 * @param options Title, names and history.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { heapSvg, mapHeap } from "@mediamem/drawing";
 *
 * const map = mapHeap({
 *   checked: false,
 *   walk: () => [{ address: 80, size: 100, state: "used", start: 64, length: 128 }],
 * });
 * assertStringIncludes(heapSvg(map, { title: "One block", names: new Map([[80, "frame"]]) }), "frame");
 * ```
 */
export function heapSvg(map: HeapMap, options: HeapSvgOptions): string {
  const { names = new Map<number, string>(), history } = options;
  const title = shorten(options.title, 80);
  const id = idOf(options.id ?? `heap-${title}`);
  const at = history === undefined || history.drawnAt === history.operations
    ? ""
    : `, after operation ${grouped(history.drawnAt)} of ${grouped(history.operations)}`;
  const parts: VNode[] = [
    text(MARGIN, 36, `Heap of ${title}`, "ink title"),
    text(MARGIN, 56, `${inWords(map)}${at}`, "quiet"),
    text(MARGIN, 72, scaleWords(map), "quiet"),
  ];
  const key = legendLines(legend(map, id), 84);
  const line = 84 + key.height + 10;
  parts.push(key.node, path("line", [[MARGIN, line], [PICTURE_WIDTH - MARGIN, line]]));
  parts.push(text(MARGIN, line + 18, "Address", "quiet"));
  const rows = heapRows(map, names, id, line + 26);
  parts.push(rows.node);
  let top = line + 26 + rows.height + 8;
  if (map.freeBehind > 0) {
    const from = map.end - map.freeBehind;
    const words = `${grouped(map.freeBehind)} bytes free behind that, ${grouped(from)} to ${
      grouped(map.end - 1)
    }: not drawn`;
    parts.push(text(MARGIN, top + 6, words, "quiet"));
    top += 18;
  }
  if (history !== undefined && history.steps.length > 0) {
    const drawn = charts(history, top + 14);
    parts.push(...drawn.nodes);
    top = drawn.bottom;
  }
  return sheetSvg({
    id,
    title: `Heap of ${title}${at}`,
    description: describe(map),
    height: Math.ceil(top) + MARGIN,
    parts,
  });
}
