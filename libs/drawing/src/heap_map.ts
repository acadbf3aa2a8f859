/** A stretch of a heap's storage, as `Heap.walk()` of `@mediamem/core-ts/memory` gives them. Stretches follow each other without a gap. */
export interface HeapStretch {
  /** Where the bytes start that its owner gets. */
  readonly address: number;
  /** Bytes that its owner gets. */
  readonly size: number;
  /** What it is. */
  readonly state: "used" | "free" | "reserved" | "quarantined" | "foreign";
  /** Where it starts with its header and red zones. */
  readonly start: number;
  /** How many bytes it has with its header and red zones. */
  readonly length: number;
}

/** A heap that can be drawn: that of `@mediamem/core-ts/memory`, or anything that lists its stretches as it does. */
export interface DrawableHeap {
  /** Whether blocks have red zones. */
  readonly checked: boolean;
  /** Goes over all stretches in the order of their addresses. */
  walk(): Iterable<HeapStretch>;
}

/**
 * What a byte of a heap's storage is.
 *
 * `used`: somebody's. `zone`: red zone. `padding`: behind a block up to the next alignment. `header`: a block's, or the heap's own tables.
 * `reserved`: freed, waits for a request of its size. `quarantined`: freed, kept back. `foreign`: not the heap's. `free`: can be anything.
 */
export type HeapByteKind = (typeof HEAP_BYTE_KINDS)[number];

/** All kinds, in the order in which a column of a picture stacks them. */
export const HEAP_BYTE_KINDS = [
  "header",
  "used",
  "zone",
  "padding",
  "quarantined",
  "reserved",
  "foreign",
  "free",
] as const;

/** How finely a heap is mapped. */
export interface HeapMapOptions {
  /** Columns of each row; undefined: 256. */
  readonly columns?: number;
  /** The most rows; undefined: 32. */
  readonly rows?: number;
}

/** Which bytes of a heap are what, counted in rows of columns of equally many bytes each. */
export interface HeapMap {
  /** The first byte that is mapped, a multiple of `rowBytes`. */
  readonly from: number;
  /** Bytes of a row, a power of two. */
  readonly rowBytes: number;
  /** Rows. */
  readonly rows: number;
  /** Columns of each row. */
  readonly columns: number;
  /** Bytes of each kind in each column: `(row * columns + column) * HEAP_BYTE_KINDS.length + kind`. */
  readonly counts: Float64Array;
  /** Bytes of each kind in the whole storage, also in what is not mapped. */
  readonly totals: Readonly<Record<HeapByteKind, number>>;
  /** Where the last stretch ends. */
  readonly end: number;
  /** Free bytes behind the last row, which is the one with the last stretch that is not free. */
  readonly freeBehind: number;
  /** Stretches of each state. */
  readonly stretches: Readonly<Record<HeapStretch["state"], number>>;
  /** Every stretch where there are few, so that each can be drawn by itself; else null. */
  readonly exact: readonly HeapStretch[] | null;
  /** Whether blocks have red zones. */
  readonly checked: boolean;
}

/** Bytes of the header in front of every block. */
const HEADER = 16;
/** As many stretches are drawn one by one. */
const MOST_EXACT = 400;
const LEAST_ROW = 256;

/** The parts of a stretch: `visit(from, to, kind)` for each in the order of addresses. */
export function partsOf(
  { address, size, state, start, length }: HeapStretch,
  checked: boolean,
  visit: (from: number, to: number, kind: HeapByteKind) => void,
): void {
  const end = start + length;
  if (state === "free" || state === "foreign") {
    visit(start, end, state);
    return;
  }
  visit(start, start + HEADER, "header");
  if (state !== "used") {
    visit(start + HEADER, end, state);
    return;
  }
  visit(start + HEADER, address, "zone");
  visit(address, address + size, "used");
  visit(address + size, end, checked ? "zone" : "padding");
}

interface Extent {
  readonly first: number;
  readonly lastTaken: number;
  readonly end: number;
  readonly exact: readonly HeapStretch[] | null;
  readonly stretches: Record<HeapStretch["state"], number>;
}

function extentOf(heap: DrawableHeap): Extent {
  const stretches = { used: 0, free: 0, reserved: 0, quarantined: 0, foreign: 0 };
  const exact: HeapStretch[] = [];
  let count = 0;
  let first = 0;
  let lastTaken = 0;
  let end = 0;
  for (const stretch of heap.walk()) {
    if (count === 0) first = lastTaken = stretch.start;
    if (count < MOST_EXACT) exact.push(stretch);
    count++;
    stretches[stretch.state]++;
    end = stretch.start + stretch.length;
    if (stretch.state !== "free") lastTaken = end;
  }
  return { first, lastTaken, end, stretches, exact: count <= MOST_EXACT ? exact : null };
}

/** The smallest power of two that covers the bytes in so many rows. */
function fitRow(first: number, last: number, rows: number): number {
  let rowBytes = LEAST_ROW;
  while (Math.ceil(last / rowBytes) - Math.floor(first / rowBytes) > rows) rowBytes *= 2;
  return rowBytes;
}

/**
 * Counts what the bytes of a heap are, in as many columns as a picture has: a heap of a million blocks becomes a map of the same size as a small one.
 *
 * Goes over the heap twice; it must not change meanwhile. Free memory behind the last block is left out, but counted. What `walk()` throws comes out.
 *
 * @param heap The heap.
 * @param options How finely.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { mapHeap } from "@mediamem/drawing";
 *
 * const map = mapHeap({
 *   checked: false,
 *   walk: () => [
 *     { address: 80, size: 100, state: "used", start: 64, length: 128 },
 *     { address: 208, size: 832, state: "free", start: 192, length: 848 },
 *   ],
 * });
 * assertEquals([map.totals.used, map.totals.padding, map.totals.free], [100, 12, 848]);
 * ```
 */
export function mapHeap(heap: DrawableHeap, options: HeapMapOptions = {}): HeapMap {
  const { columns = 256, rows: most = 32 } = options;
  const { first, lastTaken, end, stretches, exact } = extentOf(heap);
  const rowBytes = fitRow(first, Math.max(lastTaken, first + 1), most);
  const from = Math.floor(first / rowBytes) * rowBytes;
  const rows = Math.ceil(Math.max(lastTaken, first + 1) / rowBytes) - from / rowBytes;
  const to = from + rows * rowBytes;
  const kinds = HEAP_BYTE_KINDS.length;
  const counts = new Float64Array(rows * columns * kinds);
  const totals = Object.fromEntries(HEAP_BYTE_KINDS.map((kind) => [kind, 0])) as Record<HeapByteKind, number>;
  const columnBytes = rowBytes / columns;

  const add = (start: number, stop: number, kind: HeapByteKind): void => {
    totals[kind] += stop - start;
    const index = HEAP_BYTE_KINDS.indexOf(kind);
    const last = Math.min(stop, to);
    for (let at = Math.max(start, from); at < last;) {
      const column = Math.min(Math.floor((at - from) / columnBytes), rows * columns - 1);
      // A boundary that rounds down to where we are would never be left.
      const next = Math.min(last, Math.max(from + (column + 1) * columnBytes, at + columnBytes * 1e-6));
      counts[column * kinds + index]! += next - at;
      at = next;
    }
  };
  if (first > 0) add(0, first, "header");
  for (const stretch of heap.walk()) partsOf(stretch, heap.checked, add);
  return {
    from,
    rowBytes,
    rows,
    columns,
    counts,
    totals,
    end,
    freeBehind: Math.max(0, end - to),
    stretches,
    exact,
    checked: heap.checked,
  };
}
