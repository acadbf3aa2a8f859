import { isShortage } from "@mediamem/checks";
import type { PointerCell } from "@mediamem/interface";
import type { Blocks } from "./blocks.ts";
import { checkCell, checkSize } from "./memory_arguments.ts";
import { bytesOf } from "./plain_blocks.ts";

/** `av_realloc` */
export function realloc(blocks: Blocks, address: number, size: number): number {
  blocks.checkStart("av_realloc", address);
  checkSize("av_realloc", "size", size);
  return blocks.realloc("av_realloc", address, size);
}

/** `av_realloc_f` */
export function reallocF(blocks: Blocks, address: number, count: number, size: number): number {
  blocks.checkStart("av_realloc_f", address);
  return reallocOrFree(blocks, "av_realloc_f", address, bytesOf("av_realloc_f", count, size));
}

/** `av_realloc_array` */
export function reallocArray(blocks: Blocks, address: number, count: number, size: number): number {
  blocks.checkStart("av_realloc_array", address);
  return blocks.realloc("av_realloc_array", address, bytesOf("av_realloc_array", count, size));
}

/** `av_reallocp` */
export function reallocp(blocks: Blocks, cell: PointerCell, size: number): void {
  const op = "av_reallocp";
  const address = checkCell(op, cell);
  blocks.checkStart(op, address);
  checkSize(op, "size", size);
  if (size === 0) {
    blocks.free(op, address);
    cell.address = 0;
  } else reallocCell(blocks, op, cell, size);
}

/** `av_reallocp_array` */
export function reallocpArray(blocks: Blocks, cell: PointerCell, count: number, size: number): void {
  const op = "av_reallocp_array";
  blocks.checkStart(op, checkCell(op, cell));
  const bytes = bytesOf(op, count, size);
  try {
    reallocCell(blocks, op, cell, bytes);
  } catch (error) {
    // C takes a NULL for no elements as the answer.
    if (bytes !== 0 || !isShortage(error)) throw error;
  }
}

function reallocCell(blocks: Blocks, op: string, cell: PointerCell, size: number): void {
  try {
    cell.address = reallocOrFree(blocks, op, cell.address, size);
  } catch (error) {
    if (isShortage(error)) cell.address = 0;
    throw error;
  }
}

function reallocOrFree(blocks: Blocks, op: string, address: number, size: number): number {
  try {
    return blocks.realloc(op, address, size);
  } catch (error) {
    if (isShortage(error)) blocks.free(op, address);
    throw error;
  }
}
