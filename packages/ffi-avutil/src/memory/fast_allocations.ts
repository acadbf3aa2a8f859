import type { FastCell, Memory } from "@mediamem/interface";
import { invalid, isShortage } from "@mediamem/checks";
import { pointerArray } from "@mediamem/ffi";
import type { AvutilLibrary } from "../library.ts";
import { checkSize, readAddress, readSize } from "./arguments.ts";
import type { Blocks } from "./blocks.ts";
import { type Freeing, left, resize } from "./reallocations.ts";

/** What uses a block again while it is large enough. */
export type FastFunctions = Pick<Memory, "fastMalloc" | "fastMallocz" | "fastRealloc">;

const UINT_MAX = 4294967295;

/** Binds the functions to a library. */
export function fastFunctions(library: AvutilLibrary, blocks: Blocks): FastFunctions {
  const { symbols } = library;
  const { cap } = blocks;
  const pointer = pointerArray(1);
  const size = new Uint32Array(new ArrayBuffer(4));

  /** Calls C with the cell's block and size, and brings cell and account to where it left them. */
  function fast(op: string, cell: FastCell, minSize: number, freeing: Freeing, call: () => void): void {
    // The whole cell first: what reads it may be a function of the program, and free the block.
    const address = readAddress(op, cell);
    const known = readSize(op, cell);
    const block = blocks.startOrNull(op, address);
    const real = block?.size ?? 0;
    if (known > real) {
      invalid(
        op,
        `Cannot call ${op}: the cell's size is ${known}, wanted at most the ${real} bytes of its block`,
      );
    }
    checkSize(op, "minSize", minSize);
    pointer.set(0, block?.address ?? 0);
    size[0] = known;
    if (minSize <= known) return call();
    // What C asks for; a smaller cap than ours, which somebody else has set, makes it less.
    const generous = minSize + Math.floor(minSize / 16) + 32;
    const wanted = Math.max(minSize, Math.min(generous, cap.bytes, UINT_MAX));
    let moved = 0;
    try {
      moved = resize(blocks, op, block, wanted, freeing, () => {
        call();
        return pointer.get(0);
      }, () => size[0]!);
      cell.size = size[0]!;
    } catch (error) {
      if (isShortage(error)) cell.size = 0;
      throw error;
    } finally {
      cell.address = left(blocks, block, moved);
    }
  }

  return {
    fastMalloc(cell, minSize) {
      fast("av_fast_malloc", cell, minSize, "first", () => {
        symbols.av_fast_malloc(pointer.bytes, size, minSize);
      });
    },

    fastMallocz(cell, minSize) {
      fast("av_fast_mallocz", cell, minSize, "first", () => {
        symbols.av_fast_mallocz(pointer.bytes, size, minSize);
      });
    },

    fastRealloc(cell, minSize) {
      fast("av_fast_realloc", cell, minSize, "moved", () => {
        pointer.set(0, symbols.av_fast_realloc(pointer.get(0), size, minSize));
      });
    },
  };
}
