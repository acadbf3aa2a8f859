import { invalid } from "@mediamem/checks";
import type { Blocks } from "./blocks.ts";
import { checkSize } from "./memory_arguments.ts";

/** `AV_INPUT_BUFFER_PADDING_SIZE` */
const PADDING = 64;

/** The largest packet of `av_new_packet`, which wants its size with the padding below `INT_MAX`. */
const MOST = 2147483647 - PADDING - 1;

/** Takes a block for a packet, as `av_new_packet` does. */
export function allocPacketData(blocks: Blocks, size: number): number {
  const op = "av_new_packet";
  checkSize(op, "size", size);
  if (size > MOST) invalid(op, `Cannot call ${op}: size is ${size}, wanted at most ${MOST}`);
  const address = blocks.realloc(op, 0, size + PADDING);
  blocks.memory.bytes.fill(0, address + size, address + size + PADDING);
  return address;
}
