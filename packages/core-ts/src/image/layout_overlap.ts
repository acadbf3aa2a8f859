import type { PlaneLayout } from "@mediamem/interface";
import { lowestByte } from "./layout_value.ts";

/**
 * Whether two planes share a byte of picture; `distance` is how far the second one's memory starts behind the first one's.
 *
 * Planes may lie between each other's rows (two fields of a frame, U beside V) without sharing a byte.
 */
export function planesOverlap(a: PlaneLayout, b: PlaneLayout, distance = 0): boolean {
  if (a.extent === 0 || b.extent === 0 || a.rowBytes === 0 || b.rowBytes === 0) return false;
  const startA = lowestByte(a);
  const startB = lowestByte(b) + distance;
  if (startA + a.extent <= startB || startB + b.extent <= startA) return false;
  const strideA = Math.abs(a.linesize);
  const strideB = Math.abs(b.linesize);
  // Rows in the order of their addresses, as two sorted lists of ranges.
  for (let i = 0, j = 0; i < a.rows && j < b.rows;) {
    const rowA = startA + i * strideA;
    const rowB = startB + j * strideB;
    if (rowA + a.rowBytes <= rowB) i++;
    else if (rowB + b.rowBytes <= rowA) j++;
    else return true;
  }
  return false;
}
