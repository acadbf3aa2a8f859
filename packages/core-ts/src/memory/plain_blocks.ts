import type { Blocks } from "./blocks.ts";
import { checkCell, checkSize } from "./memory_arguments.ts";
import type { PointerCell } from "@mediamem/interface";

/** `av_malloc` */
export function malloc(blocks: Blocks, size: number): number {
  checkSize("av_malloc", "size", size);
  return blocks.malloc("av_malloc", size);
}

/** `av_mallocz` */
export function mallocz(blocks: Blocks, size: number): number {
  checkSize("av_mallocz", "size", size);
  return takeZeroed(blocks, "av_mallocz", size);
}

/** `av_malloc_array` */
export function mallocArray(blocks: Blocks, count: number, size: number): number {
  return blocks.malloc("av_malloc_array", bytesOf("av_malloc_array", count, size));
}

/** `av_calloc` */
export function calloc(blocks: Blocks, count: number, size: number): number {
  return takeZeroed(blocks, "av_calloc", bytesOf("av_calloc", count, size));
}

/** `av_freep`; `av_free` is {@linkcode Blocks.free}. */
export function freep(blocks: Blocks, cell: PointerCell): void {
  blocks.free("av_freep", checkCell("av_freep", cell));
  cell.address = 0;
}

/** Takes a block that is all zero. */
export function takeZeroed(blocks: Blocks, op: string, size: number): number {
  const address = blocks.malloc(op, size);
  blocks.memory.bytes.fill(0, address, address + size);
  return address;
}

/** Gives the product of two sizes, which is beyond any cap where a number cannot hold it. */
export function bytesOf(op: string, count: number, size: number): number {
  checkSize(op, "count", count);
  checkSize(op, "size", size);
  return count * size;
}
