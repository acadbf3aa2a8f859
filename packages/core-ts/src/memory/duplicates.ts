import { checkLiveBytes, invalid, lengthOf, show } from "@mediamem/checks";
import type { Blocks } from "./blocks.ts";
import { checkSize } from "./memory_arguments.ts";
import { ownBytes } from "./own_bytes.ts";

const encoder = new TextEncoder();

/** `av_memdup` */
export function memdup(blocks: Blocks, bytes: Uint8Array | null): number {
  if (bytes === null) return 0;
  checkLiveBytes("av_memdup", "bytes", bytes);
  const source = ownBytes(blocks.memory, bytes, lengthOf(bytes));
  const address = blocks.malloc("av_memdup", source.length);
  blocks.memory.bytes.set(source, address);
  return address;
}

/** `av_strdup` */
export function strdup(blocks: Blocks, text: string | null): number {
  return text === null ? 0 : takeText(blocks, "av_strdup", encode("av_strdup", text));
}

/** `av_strndup` */
export function strndup(blocks: Blocks, text: string | null, length: number): number {
  checkSize("av_strndup", "length", length);
  return text === null ? 0 : takeText(blocks, "av_strndup", encode("av_strndup", text).subarray(0, length));
}

function encode(op: string, text: string): Uint8Array {
  if (typeof text !== "string") {
    throw new TypeError(`Cannot call ${op}: text is ${show(text)}, wanted a string or null`);
  }
  const zero = text.indexOf("\0");
  if (zero >= 0) {
    invalid(op, `Cannot call ${op}: text has a zero at ${zero}, wanted none, which would end it`);
  }
  return encoder.encode(text);
}

function takeText(blocks: Blocks, op: string, text: Uint8Array): number {
  const address = blocks.realloc(op, 0, text.length + 1);
  const { bytes } = blocks.memory;
  bytes.set(text, address);
  bytes[address + text.length] = 0;
  return address;
}
