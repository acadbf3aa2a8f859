import { checkInteger } from "@mediamem/checks";
import { MediaError } from "@mediamem/interface";
import { FREED, STAMP } from "./heap_format.ts";
import { refuseDamage } from "./damage.ts";
import type { HeapMemory } from "./heap_memory.ts";
import { type HeapBlock, walkBlocks } from "./walk.ts";

/**
 * Throws for an address that is not that of a block in use, and says why it is not.
 *
 * `DOUBLE_FREE` where a block that was there has been freed, `CORRUPTED` where there is one whose header was overwritten, else
 * `WRONG_OWNER`. Slow: walks over the heap.
 */
export function refuseAddress(memory: HeapMemory, op: string, address: number): never {
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
      "DOUBLE_FREE",
      `Cannot call ${op}: the block at ${address} is free already, wanted one in use`,
      {
        op,
      },
    );
  }
  if (own?.state === "used") refuseDamage(op, header / 4);
  throw new MediaError(
    "WRONG_OWNER",
    `Cannot call ${op}: ${address} is ${placeIn(around, address)}, wanted an address that malloc gave`,
    { op },
  );
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
  return offset < 0
    ? `in front of the block at ${block.address}`
    : `${offset} bytes into the block of ${block.size} at ${block.address}`;
}
