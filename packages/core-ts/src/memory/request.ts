import { checkInteger, invalid, plural } from "@mediamem/checks";
import { AVERROR, MediaError } from "@mediamem/interface";
import { BYTES_AT, LIMIT_AT, NO_LIMIT } from "./heap_format.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { MAX_BYTES } from "./storage.ts";
import { walkBlocks } from "./walk.ts";

/** The most that can be asked for: with what is added, it stays below 2^32. */
export const MAX_REQUEST = 0xfffff000;

const HOLDERS = 3;

/** Throws for a size that no heap gives: `TypeError`, `EINVAL` or `ENOMEM`. */
export function refuseSize(op: string, size: number): never {
  checkInteger(op, "size", size);
  if (size < 0) invalid(op, `Cannot call ${op}: size is ${size}, wanted at least 0`);
  throw new MediaError("ENOMEM", `Cannot call ${op}: size is ${size}, wanted at most ${MAX_REQUEST}`, {
    op,
    averror: AVERROR.ENOMEM,
  });
}

/** Throws unless `alignment` is a power of two that an address can be a multiple of. */
export function checkAlignment(op: string, alignment: number): void {
  checkInteger(op, "alignment", alignment);
  // A power of two below 2^32 has one bit, and more than 2^31 only 0 is a multiple of.
  if (alignment > 0 && alignment <= MAX_BYTES / 2 && (alignment & (alignment - 1)) === 0) return;
  invalid(op, `Cannot call ${op}: alignment is ${alignment}, wanted a power of two up to 2147483648`);
}

/** Throws `OVER_BUDGET`, which names the largest blocks in use; `ENOMEM` where there is no budget but what the heap's counters hold. */
export function refuseBudget(memory: HeapMemory, op: string, size: number): never {
  const words = memory.view();
  const used = words[memory.base + BYTES_AT]! >>> 0;
  const limit = words[memory.base + LIMIT_AT]! >>> 0;
  const found = `Cannot call ${op}: ${
    plural(size, "byte")
  } on top of ${used} in use, wanted at most ${limit}`;
  if (limit === NO_LIMIT) {
    throw new MediaError("ENOMEM", `${found} in one heap`, { op, averror: AVERROR.ENOMEM });
  }
  const largest = [...walkBlocks(memory, op)].filter(({ state }) => state === "used")
    .sort((a, b) => b.size - a.size).slice(0, HOLDERS)
    .map((block) => `${plural(block.size, "byte")} at ${block.address}`);
  throw new MediaError(
    "OVER_BUDGET",
    `${found} in all; largest: ${largest.join(", ") || "none"}`,
    { op, averror: AVERROR.ENOMEM },
  );
}

/** Throws `ENOMEM` for a request that the storage has no room for. */
export function refuseMemory(memory: HeapMemory, op: string, size: number, alignment: number): never {
  const capacity = memory.end * 4;
  throw new MediaError(
    "ENOMEM",
    `Cannot call ${op}: no room for ${
      plural(size, "byte")
    } aligned to ${alignment} in a heap that ends at ${capacity}, wanted a storage that grows or less in use`,
    { op, averror: AVERROR.ENOMEM },
  );
}
