import { invalid, isShortage } from "@mediamem/checks";
import type { FastCell } from "@mediamem/interface";
import { type Blocks, refuseRequest } from "./blocks.ts";
import { checkCell, checkFastSize, checkSize } from "./memory_arguments.ts";
import { takeZeroed } from "./plain_blocks.ts";

/** `UINT_MAX`, beyond which C could not note the size. */
const MOST = 4294967295;

/** `av_fast_malloc` */
export function fastMalloc(blocks: Blocks, cell: FastCell, minSize: number): void {
  const op = "av_fast_malloc";
  const size = emptyForMore(blocks, op, cell, minSize);
  if (size === 0) return;
  cell.address = blocks.malloc(op, size);
  cell.size = size;
}

/** `av_fast_mallocz` */
export function fastMallocz(blocks: Blocks, cell: FastCell, minSize: number): void {
  const op = "av_fast_mallocz";
  const size = emptyForMore(blocks, op, cell, minSize);
  if (size === 0) return;
  cell.address = takeZeroed(blocks, op, size);
  cell.size = size;
}

/** `av_fast_realloc` */
export function fastRealloc(blocks: Blocks, cell: FastCell, minSize: number): void {
  const op = "av_fast_realloc";
  if (isEnough(blocks, op, cell, minSize)) return;
  try {
    const size = grownSize(op, minSize, blocks.limit.maxAlloc);
    cell.address = blocks.realloc(op, cell.address, size);
    cell.size = size;
  } catch (error) {
    if (isShortage(error)) cell.size = 0;
    throw error;
  }
}

/** Frees the block of a cell that is too small, and gives how many bytes to take instead; 0 where it is large enough. */
function emptyForMore(blocks: Blocks, op: string, cell: FastCell, minSize: number): number {
  if (isEnough(blocks, op, cell, minSize)) return 0;
  blocks.free(op, cell.address);
  cell.address = 0;
  cell.size = 0;
  return grownSize(op, minSize, blocks.limit.maxAlloc);
}

/** Whether a cell's block is large enough. Throws for a cell that says more of its block than is true: C would write past the end, or abort. */
function isEnough(blocks: Blocks, op: string, cell: FastCell, minSize: number): boolean {
  const address = checkCell(op, cell);
  // Before the block is looked at: what reads the cell may be a function of the program, and free it.
  const size = checkFastSize(op, cell);
  const present = blocks.checkStart(op, address);
  if (size > present) {
    invalid(
      op,
      `Cannot call ${op}: cell.size is ${size}, wanted at most the ${present} bytes of the block at ${address}`,
    );
  }
  checkSize(op, "minSize", minSize);
  return minSize <= size;
}

/** Gives how many bytes C takes for `minSize`, so that a little more next time needs no new block. */
function grownSize(op: string, minSize: number, maxAlloc: number): number {
  const most = Math.min(maxAlloc, MOST);
  if (minSize > most) refuseRequest(op, minSize, most);
  return Math.min(most, minSize + Math.floor(minSize / 16) + 32);
}
