import { checkLiveBytes, invalid, isShortage, lengthOf } from "@mediamem/checks";
import type { ArrayCell } from "@mediamem/interface";
import { type Blocks, refuseRequest } from "./blocks.ts";
import { checkCell, checkCount, checkSize } from "./memory_arguments.ts";
import { ownBytes } from "./own_bytes.ts";

const INT_MAX = 2147483647;

/** Bytes of a pointer. */
const POINTER = 8;

/** `av_dynarray_add` */
export function dynarrayAdd(blocks: Blocks, cell: ArrayCell, element: number): void {
  const op = "av_dynarray_add";
  checkSize(op, "element", element);
  writePointer(blocks, addOrFree(blocks, op, cell, POINTER), element);
}

/** `av_dynarray_add_nofree` */
export function dynarrayAddNofree(blocks: Blocks, cell: ArrayCell, element: number): void {
  const op = "av_dynarray_add_nofree";
  checkSize(op, "element", element);
  writePointer(blocks, addElement(blocks, op, cell, POINTER), element);
}

/** `av_dynarray2_add` */
export function dynarray2Add(
  blocks: Blocks,
  cell: ArrayCell,
  elementSize: number,
  data: Uint8Array | null,
): number {
  const op = "av_dynarray2_add";
  checkSize(op, "elementSize", elementSize);
  // C divides by it.
  if (elementSize === 0) invalid(op, `Cannot call ${op}: elementSize is 0, wanted at least 1`);
  if (data !== null) {
    checkLiveBytes(op, "data", data);
    if (lengthOf(data) < elementSize) {
      invalid(op, `Cannot call ${op}: data has ${lengthOf(data)} bytes, wanted an element of ${elementSize}`);
    }
  }
  const bytes = data === null ? null : ownBytes(blocks.memory, data, elementSize);
  const address = addOrFree(blocks, op, cell, elementSize);
  if (bytes !== null) blocks.memory.bytes.set(bytes, address);
  return address;
}

/** Adds an element; where there is no memory for it, frees the array. */
function addOrFree(blocks: Blocks, op: string, cell: ArrayCell, elementSize: number): number {
  try {
    return addElement(blocks, op, cell, elementSize);
  } catch (error) {
    if (isShortage(error)) {
      blocks.free(op, cell.address);
      cell.address = 0;
      cell.count = 0;
    }
    throw error;
  }
}

/** Adds an element, content unknown, and gives its address. An array is full when its count is a power of two: its size is not noted anywhere. */
function addElement(blocks: Blocks, op: string, cell: ArrayCell, elementSize: number): number {
  const address = checkCell(op, cell);
  // Before the block is looked at: what reads the cell may be a function of the program, and free it.
  const count = checkCount(op, cell);
  const present = blocks.checkStart(op, address);
  const isFull = (count & (count - 1)) === 0;
  const room = isFull ? count : 2 ** (32 - Math.clz32(count));
  if (room * elementSize > present) {
    invalid(
      op,
      `Cannot call ${op}: the block at ${address} has ${present} bytes, ` +
        `wanted room for ${room} elements of ${elementSize} where the count is ${count}`,
    );
  }
  let array = address;
  if (isFull) {
    const more = count === 0 ? 1 : count * 2;
    if (more > Math.floor(INT_MAX / elementSize)) refuseRequest(op, more * elementSize, INT_MAX);
    array = blocks.realloc(op, address, more * elementSize);
  }
  cell.address = array;
  cell.count = count + 1;
  return array + count * elementSize;
}

function writePointer({ memory }: Blocks, address: number, element: number): void {
  const { words } = memory;
  words[address >>> 2] = element;
  words[(address >>> 2) + 1] = element / 2 ** 32;
}
