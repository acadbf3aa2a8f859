import { plural } from "@mediamem/checks";
import { MediaError } from "@mediamem/interface";
import { BLOCK_BYTES, BLOCK_WORDS, FLAGS, REQUESTED, SIZE } from "./heap_format.ts";
import type { HeapMemory } from "./heap_memory.ts";

/** What the bytes of a red zone hold. */
const ZONE = 0xbd;
/** What the bytes of a freed block hold, and of the zone behind it. */
export const POISON = 0xdf;

/** Paints the red zones of a block in use, in front of its memory and behind. */
export function paintZones({ bytes, words, lead }: HeapMemory, block: number): void {
  const start = (block + lead) * 4;
  bytes.fill(ZONE, block * 4 + BLOCK_BYTES, start);
  bytes.fill(ZONE, start + (words[block + REQUESTED]! >>> 0), endOf(words, block));
}

/** Poisons a freed block up to its end; the zone in front is painted already. */
export function poison({ bytes, words, lead }: HeapMemory, block: number): void {
  bytes.fill(POISON, (block + lead) * 4, endOf(words, block));
}

/** Says which byte around a block in use was overwritten, undefined where none was. */
export function zoneDamage(memory: HeapMemory, block: number): string | undefined {
  const { bytes, words, lead } = memory;
  const start = (block + lead) * 4;
  const size = words[block + REQUESTED]! >>> 0;
  const at = firstOther(bytes, block * 4 + BLOCK_BYTES, start, ZONE) ??
    firstOther(bytes, start + size, endOf(words, block), ZONE);
  if (at === undefined) return undefined;
  const where = at < start
    ? `${plural(start - at, "byte")} before its start`
    : `${plural(at - start - size + 1, "byte")} past its end`;
  return `the block of ${plural(size, "byte")} at ${start} was overrun: ${where} is ${
    hex(bytes[at]!)
  }, wanted ${hex(ZONE)}`;
}

/** Says which byte of a freed block was written since, undefined where none was. The first word in front of it is not looked at. */
export function poisonDamage(memory: HeapMemory, block: number): string | undefined {
  const { bytes, words, lead } = memory;
  const start = (block + lead) * 4;
  const size = words[block + REQUESTED]! >>> 0;
  const front = firstOther(bytes, (block + BLOCK_WORDS + 1) * 4, start, ZONE);
  const at = front ?? firstOther(bytes, start, endOf(words, block), POISON);
  if (at === undefined) return undefined;
  const wanted = hex(front === undefined ? POISON : ZONE);
  return `the block of ${plural(size, "byte")} at ${start} was written after it was freed: its byte ${
    at - start
  } is ${hex(bytes[at]!)}, wanted ${wanted}`;
}

/** Throws `CORRUPTED` for damage that was found. */
export function refuseOverwritten(op: string, damage: string): never {
  throw new MediaError("CORRUPTED", `Cannot call ${op}: ${damage}`, { op });
}

function endOf(words: Int32Array, block: number): number {
  return (block + (words[block + SIZE]! & ~FLAGS)) * 4;
}

function firstOther(bytes: Uint8Array, from: number, to: number, wanted: number): number | undefined {
  for (let at = from; at < to; at++) if (bytes[at] !== wanted) return at;
  return undefined;
}

function hex(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}
