import { isShortage } from "@mediamem/checks";
import type { Memory } from "@mediamem/interface";
import { pointerArray } from "@mediamem/ffi";
import { noMemory } from "../failure.ts";
import type { AvutilLibrary } from "../library.ts";
import { checkArray, checkSize, readAddress } from "./arguments.ts";
import type { Block } from "./block.ts";
import type { Blocks } from "./blocks.ts";

/** What makes blocks larger and smaller, and frees them. */
export type ReallocationFunctions = Pick<
  Memory,
  "realloc" | "reallocF" | "reallocp" | "reallocArray" | "reallocpArray" | "free" | "freep"
>;

/** When C frees the old block: never but to move it, also where it has no memory for the new one, or before it takes that. */
export type Freeing = "moved" | "failed" | "first";

/**
 * Makes a block larger or smaller by `call`, which gives its new address, and keeps account of it.
 *
 * @param block The block; null for none.
 * @param size Bytes that are asked for.
 * @param freeing When C frees the block; where the budget refuses, it is done as where C has no memory.
 * @param got The bytes that C took, where it is C that chooses; undefined: `size`.
 */
export function resize(
  blocks: Blocks,
  op: string,
  block: Block | null,
  size: number,
  freeing: Freeing,
  call: () => number,
  got: () => number = () => size,
): number {
  const { ledger, cap } = blocks;
  const had = block?.size ?? 0;
  const returned = freeing === "first" ? had : 0;
  const kept = had - returned;
  const taken = size > cap.bytes ? 0 : Math.max(0, size - kept);
  ledger.shrink(returned);
  try {
    if (taken > 0) cap.count(op, taken);
    else if (block === null) cap.count(op, size);
  } catch (error) {
    ledger.shrink(-returned);
    if (freeing !== "moved" && block !== null) blocks.free(block);
    throw error;
  }
  let address = 0;
  try {
    if (block !== null) blocks.detach(op, block);
    address = call();
  } finally {
    if (address === 0) ledger.shrink(taken - returned);
  }
  if (address === 0) {
    if (freeing !== "moved" && block !== null) blocks.forget(block);
    noMemory(op, size);
  }
  const bytes = got();
  ledger.shrink(kept + taken - bytes);
  return blocks.replace(op, block, address, bytes);
}

/** What a cell has after a call: the new block, else the old one where it is still alive, else NULL. */
export function left(blocks: Blocks, block: Block | null, address: number): number {
  if (address !== 0 || block === null) return address;
  return blocks.has(block) ? block.address : 0;
}

/** Binds the functions to a library. */
export function reallocationFunctions(library: AvutilLibrary, blocks: Blocks): ReallocationFunctions {
  const { symbols } = library;
  const pointer = pointerArray(1);

  return {
    realloc(address, size) {
      const op = "av_realloc";
      const block = blocks.startOrNull(op, address);
      checkSize(op, "size", size);
      return resize(blocks, op, block, size, "moved", () => symbols.av_realloc(address, size));
    },

    reallocF(address, count, size) {
      const op = "av_realloc_f";
      const block = blocks.startOrNull(op, address);
      const bytes = checkArray(op, count, size);
      return resize(blocks, op, block, bytes, "failed", () => symbols.av_realloc_f(address, count, size));
    },

    reallocArray(address, count, size) {
      const op = "av_realloc_array";
      const block = blocks.startOrNull(op, address);
      const bytes = checkArray(op, count, size);
      return resize(blocks, op, block, bytes, "moved", () => symbols.av_realloc_array(address, count, size));
    },

    reallocp(cell, size) {
      const op = "av_reallocp";
      const block = blocks.startOrNull(op, readAddress(op, cell));
      checkSize(op, "size", size);
      let address = 0;
      try {
        if (size !== 0) {
          address = resize(blocks, op, block, size, "failed", () => {
            pointer.set(0, block?.address ?? 0);
            symbols.av_reallocp(pointer.bytes, size);
            return pointer.get(0);
          });
        } else if (block !== null) blocks.free(block);
      } finally {
        cell.address = left(blocks, block, address);
      }
    },

    reallocpArray(cell, count, size) {
      const op = "av_reallocp_array";
      const block = blocks.startOrNull(op, readAddress(op, cell));
      const bytes = checkArray(op, count, size);
      let address = 0;
      try {
        address = resize(blocks, op, block, bytes, "failed", () => {
          pointer.set(0, block?.address ?? 0);
          symbols.av_reallocp_array(pointer.bytes, count, size);
          return pointer.get(0);
        });
      } catch (error) {
        // C takes a NULL for no elements as the answer.
        if (bytes !== 0 || !isShortage(error)) throw error;
      } finally {
        cell.address = left(blocks, block, address);
      }
    },

    free(address) {
      if (address === 0) return;
      blocks.free(blocks.start("av_free", address, "DOUBLE_FREE"));
    },

    freep(cell) {
      const op = "av_freep";
      const address = readAddress(op, cell);
      if (address === 0) return;
      blocks.free(blocks.start(op, address, "DOUBLE_FREE"));
      cell.address = 0;
    },
  };
}
