import type { ArrayCell, Memory } from "@mediamem/interface";
import { checkLiveBytes, invalid, lengthOf } from "@mediamem/checks";
import { pointerArray } from "@mediamem/ffi";
import type { AvutilLibrary } from "../library.ts";
import { checkSize, readAddress, readCount } from "./arguments.ts";
import type { Blocks } from "./blocks.ts";
import { type Freeing, left, resize } from "./reallocations.ts";

/** Arrays that grow by one element at a time. */
export type DynamicArrayFunctions = Pick<Memory, "dynarrayAdd" | "dynarrayAddNofree" | "dynarray2Add">;

const POINTER_BYTES = 8;

/** Binds the functions to a library. */
export function dynamicArrayFunctions(library: AvutilLibrary, blocks: Blocks): DynamicArrayFunctions {
  const { symbols } = library;
  const pointer = pointerArray(1);
  const count = new Int32Array(new ArrayBuffer(4));

  /**
   * Calls C with the cell's array and brings cell and account to where it left them. `call` gives whether there is one element more.
   *
   * C keeps no capacity: it takes the next power of two for it. So an array whose count is another's makes it write outside, and is
   * refused.
   */
  function add(
    op: string,
    cell: ArrayCell,
    elementSize: number,
    freeing: Freeing,
    call: () => boolean,
  ): void {
    // The whole cell first: what reads it may be a function of the program, and free the block.
    const start = readAddress(op, cell);
    const had = readCount(op, cell);
    const block = blocks.startOrNull(op, start);
    const full = (had & (had - 1)) === 0;
    const elements = full ? had : 2 ** (32 - Math.clz32(had));
    const real = block?.size ?? 0;
    if (elements * elementSize > real) {
      invalid(
        op,
        `Cannot call ${op}: the array has ${real} bytes, wanted ${elements} elements of ${elementSize} ` +
          `for a count of ${had}`,
      );
    }
    pointer.set(0, block?.address ?? 0);
    count[0] = had;
    if (!full) {
      call();
      cell.count = count[0]!;
      return;
    }
    let address = 0;
    try {
      address = resize(blocks, op, block, Math.max(1, 2 * had) * elementSize, freeing, () => {
        return call() ? pointer.get(0) : 0;
      });
    } finally {
      cell.address = left(blocks, block, address);
      cell.count = cell.address === 0 ? 0 : address === 0 ? had : had + 1;
    }
  }

  return {
    dynarrayAdd(cell, element) {
      const op = "av_dynarray_add";
      checkSize(op, "element", element);
      add(op, cell, POINTER_BYTES, "failed", () => {
        symbols.av_dynarray_add(pointer.bytes, count, element);
        return count[0] !== 0;
      });
    },

    dynarrayAddNofree(cell, element) {
      const op = "av_dynarray_add_nofree";
      checkSize(op, "element", element);
      add(op, cell, POINTER_BYTES, "moved", () => {
        return symbols.av_dynarray_add_nofree(pointer.bytes, count, element) >= 0;
      });
    },

    dynarray2Add(cell, elementSize, data) {
      const op = "av_dynarray2_add";
      checkSize(op, "elementSize", elementSize);
      if (elementSize === 0) invalid(op, `Cannot call ${op}: elementSize is 0, wanted at least 1`);
      if (data !== null) {
        checkLiveBytes(op, "data", data);
        if (lengthOf(data) < elementSize) {
          invalid(op, `Cannot call ${op}: data has ${lengthOf(data)} bytes, wanted ${elementSize}`);
        }
      }
      // A copy, since the data may lie in the very array that is moved.
      const bytes = data === null ? null : new Uint8Array(data).subarray(0, elementSize);
      let element = 0;
      add(op, cell, elementSize, "failed", () => {
        element = symbols.av_dynarray2_add(pointer.bytes, count, elementSize, bytes);
        return element !== 0;
      });
      return element;
    },
  };
}
