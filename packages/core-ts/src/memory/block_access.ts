import { checkInt, checkLiveBytes, invalid, lengthOf } from "@mediamem/checks";
import type { Blocks } from "./blocks.ts";
import { checkSize } from "./memory_arguments.ts";

/** `memory.read` */
export function read(blocks: Blocks, address: number, length: number): Uint8Array<ArrayBuffer> {
  checkSize("memory.read", "length", length);
  blocks.checkRange("memory.read", address, 0, length);
  const copy = new Uint8Array(length);
  copy.set(blocks.memory.bytes.subarray(address, address + length));
  return copy;
}

/** `memory.write` */
export function write(blocks: Blocks, address: number, bytes: Uint8Array): void {
  checkLiveBytes("memory.write", "bytes", bytes);
  blocks.checkRange("memory.write", address, 0, lengthOf(bytes));
  blocks.memory.bytes.set(bytes, address);
}

/** `memory.unsafeView` */
export function unsafeView(blocks: Blocks, address: number, length: number): Uint8Array<ArrayBufferLike> {
  checkSize("memory.unsafeView", "length", length);
  blocks.checkRange("memory.unsafeView", address, 0, length);
  return blocks.memory.bytes.subarray(address, address + length);
}

/** `av_memcpy_backptr` */
export function memcpyBackptr(blocks: Blocks, address: number, back: number, count: number): void {
  const op = "av_memcpy_backptr";
  blocks.checkInside(op, address);
  checkSignedCount(op, "back", back);
  checkSignedCount(op, "count", count);
  blocks.checkRange(op, address, back, count);
  if (back === 0) return;
  const { bytes } = blocks.memory;
  const end = address + count;
  // All from the start to `to` repeats already: twice as much can be copied at each turn.
  for (let to = address, from = address - back; to < end; to += to - from) {
    bytes.copyWithin(to, from, from + Math.min(to - from, end - to));
  }
}

function checkSignedCount(op: string, name: string, value: number): void {
  checkInt(op, name, value);
  if (value < 0) invalid(op, `Cannot call ${op}: ${name} is ${value}, wanted at least 0`);
}
