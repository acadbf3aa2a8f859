import type { Memory } from "@mediamem/interface";
import { checkInt, checkLiveBytes, invalid, lengthOf } from "@mediamem/checks";
import type { AvutilLibrary } from "../library.ts";
import { checkSize } from "./arguments.ts";
import type { Block } from "./block.ts";
import type { Blocks } from "./blocks.ts";

/** What looks into blocks. */
export type ByteFunctions = Pick<Memory, "read" | "write" | "unsafeView" | "memcpyBackptr">;

/** Throws `EINVAL` unless `length` bytes from an address on are in its block. */
function checkInside(op: string, block: Block, address: number, length: number): void {
  const { address: start, size } = block;
  const room = start + size - address;
  if (length <= room) return;
  invalid(
    op,
    `Cannot call ${op}: found ${length} bytes from ${address} on, wanted at most the ${room} bytes that are left ` +
      `of the block at ${start}`,
  );
}

/** Binds the functions to a library. */
export function byteFunctions(library: AvutilLibrary, blocks: Blocks): ByteFunctions {
  const { symbols } = library;

  /** The bytes themselves. */
  function view(op: string, address: number, length: number): Uint8Array<ArrayBuffer> {
    const block = blocks.around(op, address);
    checkInside(op, block, address, length);
    const offset = address - block.address;
    return blocks.view(block).bytes.subarray(offset, offset + length);
  }

  return {
    read(address, length) {
      const op = "memory.read";
      checkSize(op, "length", length);
      return view(op, address, length).slice();
    },

    write(address, bytes) {
      const op = "memory.write";
      checkLiveBytes(op, "bytes", bytes);
      view(op, address, lengthOf(bytes)).set(bytes);
    },

    unsafeView(address, length) {
      const op = "memory.unsafeView";
      checkSize(op, "length", length);
      return view(op, address, length);
    },

    memcpyBackptr(address, back, count) {
      const op = "av_memcpy_backptr";
      const block = blocks.around(op, address);
      for (const [name, value] of [["back", back], ["count", count]] as const) {
        checkInt(op, name, value);
        checkSize(op, name, value);
      }
      checkInside(op, block, address, count);
      if (address - back < block.address) {
        invalid(
          op,
          `Cannot call ${op}: found ${back} bytes before ${address}, wanted at most the ` +
            `${address - block.address} bytes that the block at ${block.address} has there`,
        );
      }
      symbols.av_memcpy_backptr(address, back, count);
    },
  };
}
