import { HEAP_BYTE_KINDS, type HeapMap, type HeapMapOptions } from "@mediamem/drawing";
import type { Output } from "../terminal.ts";

const MOST_COLUMNS = 64;
const ROWS = 12;
const FREE = HEAP_BYTE_KINDS.indexOf("free");
const USED = HEAP_BYTE_KINDS.indexOf("used");
const KEPT_BACK = [HEAP_BYTE_KINDS.indexOf("reserved"), HEAP_BYTE_KINDS.indexOf("quarantined")];
/** By how much of a character's bytes is in use: nothing, a little, half, most, nearly all. */
const BLOCKS = [" ", "░", "▒", "▓", "█"];
const ASCII = [" ", ".", ":", "+", "#"];

/** How finely a terminal of that width can draw a heap: a power of two, so that a character is a round number of bytes. */
export function stripOptions(columns: number, longestAddress: number): HeapMapOptions {
  const room = Math.min(columns - longestAddress - 1, MOST_COLUMNS);
  return { columns: 2 ** Math.max(3, Math.floor(Math.log2(Math.max(room, 8)))), rows: ROWS };
}

function characterOf(map: HeapMap, index: number, shades: readonly string[]): string {
  const kinds = HEAP_BYTE_KINDS.length;
  const count = (kind: number): number => map.counts[index * kinds + kind]!;
  const all = map.rowBytes / map.columns;
  const keptBack = KEPT_BACK.reduce((sum, kind) => sum + count(kind), 0);
  if (keptBack > all / 2) return "o";
  // Headers, red zones and padding go with the blocks that they belong to.
  const used = all - keptBack - count(FREE);
  if (count(USED) === 0 && used > all / 2) return "=";
  return shades[Math.ceil((used / all) * 4 - 0.05)] ?? shades[4]!;
}

/** Draws a heap with one line for each row of its map: address and contents. */
export function heapStrip(map: HeapMap, { colours, unicode }: Output): string[] {
  const shades = unicode ? BLOCKS : ASCII;
  const last = map.from + (map.rows - 1) * map.rowBytes;
  const width = String(last).length;
  return Array.from({ length: map.rows }, (_, row) => {
    let bar = "";
    for (let column = 0; column < map.columns; column++) {
      bar += characterOf(map, row * map.columns + column, shades);
    }
    const address = String(map.from + row * map.rowBytes).padStart(width);
    return `${colours.dim(address)} ${bar}`.trimEnd();
  });
}
