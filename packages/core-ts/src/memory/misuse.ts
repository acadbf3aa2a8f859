import { checkInteger, plural } from "@mediamem/checks";
import { MediaError } from "@mediamem/interface";
import { FREED, STAMP } from "./heap_format.ts";
import { refuseDamage } from "./damage.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { type HeapBlock, isUsed, walkBlocks } from "./walk.ts";

/** What the address of a freed block is, by what was to be done with it: to free it, or something else. */
export type FreedCode = "DOUBLE_FREE" | "USE_AFTER_FREE";

/**
 * Throws for an address that is not that of a block in use, and says why it is not.
 *
 * `freed` where a block that was there has been freed, `CORRUPTED` where there is one whose header was overwritten, else `WRONG_OWNER`. Slow: walks
 * over the heap.
 */
export function refuseAddress(memory: HeapMemory, op: string, address: number, freed: FreedCode): never {
  checkInteger(op, "address", address);
  const header = address - memory.lead * 4;
  let around: HeapBlock | undefined;
  let own: HeapBlock | undefined;
  for (const block of walkBlocks(memory, op)) {
    if (block.start === header) own = block;
    if (block.start <= address && address < block.start + block.length) around = block;
  }
  if (
    (own !== undefined && own.state !== "used" && own.state !== "foreign") || isFreedHeader(memory, address)
  ) {
    throw new MediaError(
      freed,
      `Cannot call ${op}: the block at ${address} is free already, wanted one in use`,
      { op },
    );
  }
  if (own?.state === "used") refuseDamage(op, header / 4);
  throw new MediaError(
    "WRONG_OWNER",
    `Cannot call ${op}: ${address} is ${placeIn(around, address)}, wanted an address that malloc gave`,
    { op },
  );
}

/**
 * Throws for an address that does not lie in a block in use, and says where it lies.
 *
 * `USE_AFTER_FREE` in memory that was freed, `CORRUPTED` in a block whose header was overwritten, else `WRONG_OWNER`. Slow: walks over the heap.
 */
export function refusePlace(memory: HeapMemory, op: string, address: number): never {
  let around: HeapBlock | undefined;
  for (const block of walkBlocks(memory, op)) {
    if (block.start <= address && address < block.start + block.length) around = block;
  }
  if (around?.state === "used" && !isUsed(memory.words, around.start / 4)) refuseDamage(op, around.start / 4);
  const freed = around !== undefined && wasFreed(memory, around, address);
  throw new MediaError(
    freed ? "USE_AFTER_FREE" : "WRONG_OWNER",
    `Cannot call ${op}: ${address} is ${
      freed ? "in memory that was freed" : placeIn(around, address)
    }, wanted an address in a block in use`,
    { op },
  );
}

/** Whether memory that is not in use was in use before. */
function wasFreed(
  memory: HeapMemory,
  { state, address: start, start: header, length }: HeapBlock,
  address: number,
): boolean {
  if (state === "reserved" || state === "quarantined") return true;
  if (state !== "free") return false;
  // Behind the last block in use is memory that never was handed out. What was ends where another block started, whose header is still there.
  if (address === start || header + length < memory.end * 4) return true;
  const first = Math.floor((address - start) / memory.granule) * memory.granule + start;
  for (let next = first; next < header + length; next += memory.granule) {
    if (isFreedHeader(memory, next)) return true;
  }
  return false;
}

/** Whether a block that started at `address` has become part of another and nobody has written there since. */
function isFreedHeader({ words, lead, granule }: HeapMemory, address: number): boolean {
  const block = address / 4 - lead;
  return address % granule === 0 && words[block + STAMP] === (block ^ FREED);
}

function placeIn(block: HeapBlock | undefined, address: number): string {
  if (block === undefined) return "outside of the heap's blocks";
  if (block.state !== "used") return `inside ${block.state} memory`;
  const offset = address - block.address;
  if (offset < 0) return `in front of the block at ${block.address}`;
  return offset >= block.size
    ? `${
      plural(offset - block.size, "byte")
    } behind the end of the block of ${block.size} at ${block.address}`
    : `${plural(offset, "byte")} into the block of ${block.size} at ${block.address}`;
}
