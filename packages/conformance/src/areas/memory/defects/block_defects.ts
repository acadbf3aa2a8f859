import type { Ledger, PointerCell } from "@mediamem/interface";
import { MediaError } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect, isShortage, refused } from "./with_memory.ts";

/** An account that forgets to count down some bytes. */
function forgetful(ledger: Ledger, forgotten: () => number): Ledger {
  return {
    get live(): number {
      return ledger.live;
    },
    get bytes(): number {
      return ledger.bytes + forgotten();
    },
    get limitBytes(): number {
      return ledger.limitBytes;
    },
    set limitBytes(bytes: number) {
      ledger.limitBytes = bytes;
    },
    peak: ledger.peak,
    abandoned: ledger.abandoned,
    tracing: ledger.tracing,
    sampleEvery: ledger.sampleEvery,
    report: () => ledger.report(),
    scope: () => ledger.scope(),
  };
}

function budget(): Defect {
  let forgotten = 0;
  return defect(
    "budget",
    "What a smaller block no longer has is not given back to the budget",
    (memory) => ({
      realloc(address, size): number {
        let before = 0;
        try {
          while (address !== 0 && before < 100) memory.read(address, ++before);
        } catch {
          before--;
        }
        const moved = memory.realloc(address, size);
        forgotten += Math.max(0, before - size);
        return moved;
      },
    }),
    (ledger) => forgetful(ledger, () => forgotten),
  );
}

/** Makes the block of a cell one that the caller of `call` gets another way. */
function moving(cell: PointerCell, call: (address: number) => number): void {
  try {
    cell.address = call(cell.address);
  } catch (error) {
    if (isShortage(error)) cell.address = 0;
    throw error;
  }
}

/** Mistakes in taking blocks, changing their size and giving them back. */
export const blockDefects: readonly Defect[] = [
  defect("no-bytes-no-block", "A request for no bytes gives NULL", (memory) => ({
    malloc: (size) => size === 0 ? 0 : memory.malloc(size),
  })),
  defect("mallocz-last-byte", "The last byte is not made zero", (memory) => ({
    mallocz(size): number {
      const address = memory.mallocz(size);
      if (size > 0) memory.write(address + size - 1, Uint8Array.of(1));
      return address;
    },
  })),
  defect("calloc-overflow", "A product beyond 2^64 is cut to 64 bits", (memory) => ({
    calloc(count, size): number {
      if (!(count * size > 2 ** 64)) return memory.calloc(count, size);
      return memory.mallocz(Number(BigInt.asUintN(64, BigInt(count) * BigInt(size))));
    },
  })),
  defect("cap-excluded", "A request of exactly the cap is refused", (memory) => {
    let cap = 2147483647;
    return {
      maxAlloc(max): void {
        memory.maxAlloc(max);
        cap = max;
      },
      malloc: (size) => size === cap && cap > 0 ? refused("av_malloc") : memory.malloc(size),
    };
  }),
  defect("cap-forgotten", "What is made larger may go beyond the cap", (memory) => {
    let cap = 2147483647;
    return {
      maxAlloc(max): void {
        memory.maxAlloc(max);
        cap = max;
      },
      realloc(address, size): number {
        if (size <= cap || size > 5000) return memory.realloc(address, size);
        memory.maxAlloc(2147483647);
        try {
          return memory.realloc(address, size);
        } finally {
          memory.maxAlloc(cap);
        }
      },
    };
  }),
  defect("realloc-zero-frees", "Making a block one of no bytes frees it", (memory) => ({
    realloc(address, size): number {
      if (size !== 0 || address === 0) return memory.realloc(address, size);
      memory.free(address);
      return 0;
    },
  })),
  defect("reallocp-zero-keeps", "Making the block of a cell one of no bytes keeps a block", (memory) => ({
    reallocp: (cell, size) => moving(cell, (address) => memory.realloc(address, size)),
  })),
  defect("reallocp-array-zero-frees", "Making the block of a cell one of no elements frees it", (memory) => ({
    reallocpArray(cell, count, size): void {
      if (count === 0 || size === 0) memory.freep(cell);
      else memory.reallocpArray(cell, count, size);
    },
  })),
  defect("realloc-f-keeps", "The block stays when there is no memory for a larger one", (memory) => ({
    reallocF: (address, count, size) => memory.reallocArray(address, count, size),
  })),
  defect("realloc-array-frees", "The block is freed when there is no memory for a larger one", (memory) => ({
    reallocArray: (address, count, size) => memory.reallocF(address, count, size),
  })),
  defect(
    "reallocp-dangles",
    "The cell still points to the block that was freed for want of memory",
    (memory) => ({
      reallocp(cell, size): void {
        const { address } = cell;
        try {
          memory.reallocp(cell, size);
        } catch (error) {
          if (isShortage(error)) cell.address = address;
          throw error;
        }
      },
    }),
  ),
  defect("realloc-loses-content", "A larger block has the first 64 bytes of the old one only", (memory) => ({
    realloc(address, size): number {
      const moved = memory.realloc(address, size);
      if (address !== 0 && size > 64) memory.write(moved + 64, new Uint8Array(size - 64));
      return moved;
    },
  })),
  defect("freep-leaves-cell", "The cell still points to the block that was freed", (memory) => ({
    freep: (cell) => memory.free(cell.address),
  })),
  defect("free-twice", "Freeing twice goes unnoticed", (memory) => ({
    free(address): void {
      try {
        memory.free(address);
      } catch (error) {
        if (!(error instanceof MediaError) || error.code !== "DOUBLE_FREE") throw error;
      }
    },
  })),
  defect("free-inside", "An address inside of a block frees it", (memory) => ({
    free: (address) => memory.free(address - address % 16),
  })),
  defect("use-after-free", "What was freed reads as zeroes", (memory) => ({
    read(address, length): Uint8Array<ArrayBuffer> {
      try {
        return memory.read(address, length);
      } catch (error) {
        if (!(error instanceof MediaError) || error.code !== "USE_AFTER_FREE") throw error;
        return new Uint8Array(length);
      }
    },
  })),
  defect("write-past-end", "What is written past the end is cut off", (memory) => ({
    write(address, bytes): void {
      for (let length = bytes.length;; length--) {
        try {
          return memory.write(address, bytes.subarray(0, length));
        } catch (error) {
          if (length === 0) throw error;
        }
      }
    },
  })),
  budget(),
];
