import type { Memory } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { defect, isShortage, refused } from "./with_memory.ts";

/** Lets `grow` change a cell where its block is too small. */
function whenTooSmall(
  name: "fastMalloc" | "fastRealloc",
  grow: (memory: Memory, cell: { address: number; size: number }, minSize: number) => void,
): (memory: Memory) => Partial<Memory> {
  return (memory) => ({
    [name](cell: { address: number; size: number }, minSize: number): void {
      if (Number.isInteger(minSize) && minSize > cell.size && minSize < 100_000) grow(memory, cell, minSize);
      else memory[name](cell, minSize);
    },
  });
}

/** Mistakes in using blocks again, in arrays and in copies. */
export const reuseDefects: readonly Defect[] = [
  defect(
    "growth-off-by-one",
    "A block that is used again is known to be one byte smaller",
    whenTooSmall("fastMalloc", (memory, cell, minSize) => {
      memory.fastMalloc(cell, minSize);
      cell.size--;
    }),
  ),
  defect(
    "growth-missing",
    "A block that is used again grows to what is asked for and no further",
    whenTooSmall("fastRealloc", (memory, cell, minSize) => {
      try {
        cell.address = memory.realloc(cell.address, minSize);
        cell.size = minSize;
      } catch (error) {
        if (isShortage(error)) cell.size = 0;
        throw error;
      }
    }),
  ),
  defect(
    "growth-rounded",
    "The sixteenth of growth is rounded and not cut",
    whenTooSmall("fastRealloc", (memory, cell, minSize) => {
      const more = minSize % 16 >= 8 ? 1 : 0;
      memory.fastRealloc(cell, minSize);
      cell.address = memory.realloc(cell.address, cell.size + more);
      cell.size += more;
    }),
  ),
  defect(
    "fast-realloc-loses-content",
    "A block that is used again loses its content when it grows",
    (memory) => ({
      fastRealloc(cell, minSize): void {
        const { size } = cell;
        memory.fastRealloc(cell, minSize);
        if (cell.size > size) memory.write(cell.address, new Uint8Array(cell.size));
      },
    }),
  ),
  defect("fast-malloc-clears", "A block that is large enough is made zero all the same", (memory) => ({
    fastMallocz(cell, minSize): void {
      memory.fastMallocz(cell, minSize);
      if (cell.address !== 0) memory.write(cell.address, new Uint8Array(cell.size));
    },
  })),
  defect("fast-malloc-keeps", "The old block stays when there is no memory for a larger one", (memory) => ({
    fastMalloc(cell, minSize): void {
      if (minSize > 2147483647) refused("av_fast_malloc");
      memory.fastMalloc(cell, minSize);
    },
  })),
  defect(
    "fast-realloc-keeps-size",
    "The size of a block that could not grow is still said to be known",
    (memory) => ({
      fastRealloc(cell, minSize): void {
        const { size } = cell;
        try {
          memory.fastRealloc(cell, minSize);
        } catch (error) {
          if (isShortage(error)) cell.size = size;
          throw error;
        }
      },
    }),
  ),
  defect("dynarray-growth", "An array grows by one element at a time", (memory) => ({
    dynarray2Add(cell, elementSize, data): number {
      const offset = cell.count * elementSize;
      memory.dynarray2Add(cell, elementSize, data);
      cell.address = memory.realloc(cell.address, cell.count * elementSize);
      return cell.address + offset;
    },
  })),
  defect(
    "dynarray-grows-late",
    "An array of pointers has room for one before it doubles at two",
    (memory) => ({
      dynarrayAdd(cell, element): void {
        memory.dynarrayAdd(cell, element);
        if (cell.count === 3) cell.address = memory.realloc(cell.address, 24);
      },
    }),
  ),
  defect(
    "dynarray-nofree-frees",
    "The array is freed when there is no memory for a larger one",
    (memory) => ({
      dynarrayAddNofree: (cell, element) => memory.dynarrayAdd(cell, element),
    }),
  ),
  defect("backptr-memmove", "Bytes are moved all at once instead of one after the other", (memory) => ({
    memcpyBackptr(address, back, count): void {
      const bytes = back > 0 && count >= 0 && count <= 128 ? memory.read(address - back, back) : null;
      const after = bytes === null || count <= back ? null : memory.read(address, count - back);
      memory.memcpyBackptr(address, back, count);
      if (after !== null) memory.write(address + back, after);
    },
  })),
  defect("strndup-length", "One byte more of a text is copied than was asked for", (memory) => ({
    strndup(text, length): number {
      return memory.strndup(text, Number.isSafeInteger(length + 1) && length >= 0 ? length + 1 : length);
    },
  })),
  defect("strdup-zero", "A text ends without a zero", (memory) => ({
    strdup(text): number {
      const address = memory.strdup(text);
      if (address !== 0) memory.write(address + new TextEncoder().encode(text!).length, Uint8Array.of(1));
      return address;
    },
  })),
  defect("memdup-null", "NULL is copied to a block", (memory) => ({
    memdup: (bytes) => memory.memdup(bytes ?? new Uint8Array()),
  })),
  defect("packet-padding", "What follows a packet's data is not zero", (memory) => ({
    allocPacketData(size): number {
      const address = memory.allocPacketData(size);
      memory.write(address + size + 63, Uint8Array.of(1));
      return address;
    },
  })),
  defect("size-mult-wraps", "A product beyond 2^64 is cut to 64 bits", (memory) => ({
    sizeMult(a, b): number {
      if (!Number.isInteger(a) || !Number.isInteger(b) || a < 0 || b < 0) return memory.sizeMult(a, b);
      return Number(BigInt.asUintN(64, BigInt(a) * BigInt(b)));
    },
  })),
];
